"""Schema changes, written by tortoise's makemigrations."""
