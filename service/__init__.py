"""Common Thread: the email companion of people who collaborate across department walls."""
