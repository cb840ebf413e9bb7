"""Every command of `floodgauge`, one a file, found by its name. Nothing imports a command."""
