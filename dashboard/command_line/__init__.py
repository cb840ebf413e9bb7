"""The command `floodgauge`: its global options, and what several commands print."""
