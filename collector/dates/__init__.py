"""Dates and times as files and feeds write them, in any language and zone."""
