"""A submitted file of any format becomes one immutable :class:`~documents.report.Report`.

This package knows no rule: it says what stands in a document and where, never whether it is right.
"""
