"""Run generated packages in memory, side by side, and find the least that shows something."""
