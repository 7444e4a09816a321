"""Text that reports share, in the whole batch and with earlier years: as pairs, families and findings."""
