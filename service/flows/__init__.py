"""What the service does: one verb, one file, one transaction. Called by jobs, by people, by tests.

Only ``process_message`` calls other flows; what several share stands in the nouns beside them.
"""
