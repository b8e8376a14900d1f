"""pynetdicom's own tests, as installed, run with our classes in place of its own."""
