"""Our reader beside existing libraries: the same mails, the same run, one table (``docs/quality.md``)."""
