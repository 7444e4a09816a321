"""The ``fazhi-audit`` command: one module for each group of commands, and what they share."""
