"""Sentiment of a text, -1 to 1, or missing where nothing can read it. Never a guessed 0."""
