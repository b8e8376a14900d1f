"""What `explain` and `rules` tell: blocks of an explanation, and the catalogue of all rules."""
