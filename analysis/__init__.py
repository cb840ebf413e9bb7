"""Turns stored items into swings, evidence and incidents."""
