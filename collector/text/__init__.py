"""Texts as strangers write them: one spelling, nothing hidden, nothing a spreadsheet would run."""
