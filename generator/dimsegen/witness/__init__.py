"""Run generated packages in memory, side by side, and say how far it is."""
