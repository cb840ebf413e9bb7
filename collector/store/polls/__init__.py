"""What each source's polls saw, where they got to, and by which clock."""
