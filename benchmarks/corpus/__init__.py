"""A seeded generator of realistic reports of invented units, with planted copies and defects and their truth.

``python -m benchmarks.corpus DIR --reports N --seed S`` writes ``DIR/reports/<region>/<file>.txt``, for the copies of a
unit's own last year's report ``DIR/earlier/<region>/<file>.txt``, and ``DIR/truth.jsonl``. The same seed and number
of reports give the same bytes, whatever the number of processes.
"""
