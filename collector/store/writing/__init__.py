"""Items written, and an import taken back."""
