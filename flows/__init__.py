"""Runs an audit: as a Prefect flow, or step by step without a server. No judgement is made here.

Only this package imports Prefect, and only in ``flows.audit_flow`` and ``flows.schedule``.
"""
