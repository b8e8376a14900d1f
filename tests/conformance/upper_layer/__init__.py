"""The schemas of the Upper Layer against an independent transcription of PS3.8 and PS3.7 D.3.3."""
