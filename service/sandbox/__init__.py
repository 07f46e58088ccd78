"""A whole town on one machine: embedded mail, invented people, time travel."""
