"""The model: what the schemas say, as frozen data. It imports nothing else of ours."""
