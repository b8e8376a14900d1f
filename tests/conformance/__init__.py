"""Evidence that the tables typed in this repository are those of DICOM PS3.7."""
