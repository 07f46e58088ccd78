"""What is kept, and how. Takes and returns domain values; rows never leave this room.

The database is the ledger of all work: claims are conditional updates whose row count decides
(REL-3), and whatever may happen once has a unique key.
"""
