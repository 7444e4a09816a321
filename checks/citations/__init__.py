"""Checks of what a report cites: laws and documents in title marks, and document numbers."""
