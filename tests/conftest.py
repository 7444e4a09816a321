"""Settings of the whole test suite."""

from hypothesis import settings

# A busy machine is no defect: speed stands in benchmarks/, not in tests.
settings.register_profile("fazhi-audit", deadline=None)
settings.load_profile("fazhi-audit")
