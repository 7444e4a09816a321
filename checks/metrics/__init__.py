"""The values of catalogued metrics that a report states, and those it leaves out, blank or vague."""
