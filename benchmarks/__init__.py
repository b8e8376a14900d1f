"""What `dimse_primitives` costs, against pynetdicom, in one run: ``python -m benchmarks``.

`registry` names the subjects; each has a module, which knows what is measured and why it is fair.
`measure` times, `result` judges, `table` prints. Nothing here runs on import.
"""
