"""Two hundred people of four departments, and what they write in a week."""
