"""Definitions as data: the strict reader, field types, and where files are looked up."""
