"""Examples of data sets: as Python and pydicom have them, and against the tables."""
