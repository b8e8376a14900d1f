"""Compare two schemas by set arithmetic. It imports the model and nothing else of ours."""
