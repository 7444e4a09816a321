"""The legally required contents: where they stand, and whether they are there, thick enough and in order."""
