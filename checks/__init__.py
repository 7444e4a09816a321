"""The kinds of checks, and the engine that runs rules over a report.

A check is a pure function from a report to matches. It sets no level, prints nothing, reads no file and knows nothing
of Excel: the engine wraps its matches into findings, and the rule that asked supplies id, level, basis and advice.
"""
