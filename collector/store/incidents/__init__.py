"""Incidents, what people decided about them, and what channels were told."""
