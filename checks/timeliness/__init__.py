"""Checks of the dates of a report against its deadlines and against the year it reports on."""
