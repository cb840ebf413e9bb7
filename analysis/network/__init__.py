"""Accounts that share the same things within a window, counted exactly. Accounts are codes here."""
