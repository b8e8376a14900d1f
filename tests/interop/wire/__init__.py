"""Exchanges over loopback that show a defect of pynetdicom."""
