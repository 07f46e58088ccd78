"""Replies as real mail programs write them, around any prompt as it was sent, and what must be read.

``generated`` writes them by a seed, the answers known by construction; ``corpus/`` holds mails written by
hand. ``python -m tests.replies.measure`` counts what the reader makes of many of them.
"""
