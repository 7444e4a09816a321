"""The arithmetic of a report: totals and parts, rates, growth, approximations, and one metric with two values."""
