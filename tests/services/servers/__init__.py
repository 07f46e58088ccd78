"""Throw-away servers from the system's packages, on loopback, with their files in one folder each."""
