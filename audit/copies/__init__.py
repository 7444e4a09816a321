"""Text that reports share: found over the whole batch and against earlier years, told as pairs, families and findings."""
