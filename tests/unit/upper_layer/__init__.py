"""The Upper Layer as a user meets it."""
