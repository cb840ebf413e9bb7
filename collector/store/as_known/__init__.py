"""What the store knew at a moment, and in which order it came to know it."""
