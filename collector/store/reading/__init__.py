"""Items read: frames, arrays, pages, search."""
