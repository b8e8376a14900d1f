"""Bad schemas, and the exact words in which the loader refuses each."""
