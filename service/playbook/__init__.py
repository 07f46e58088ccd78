"""What an operator writes as files: instruments (the emails as data) and plans. Pure: text in, values out."""
