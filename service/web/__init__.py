"""The optional web side: small, and no core action needs it."""
