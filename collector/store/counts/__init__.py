"""Counts per hour and sums over them."""
