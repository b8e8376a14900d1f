"""PS3.4: the schemas against an independent transcription of its tables."""
