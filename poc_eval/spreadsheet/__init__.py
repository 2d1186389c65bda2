"""Tables in and out: CSV and XLSX behind limits, text that stays text."""
