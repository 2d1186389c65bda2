"""The report as one static file."""
