"""The Upper Layer under Hypothesis."""
