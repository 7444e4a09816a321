"""Every mention of a year, classified, and what contradicts the reported year or the calendar of laws and plans."""
