"""Rule packs in YAML, the dated facts they rest on, and the pydantic models that load both.

Rules import nothing from ``checks``: the loader is handed the parameter model of each kind of check.
"""
