"""How the report is written: punctuation, slips of the pen, set phrases, and what a template left behind."""
