"""What an analysis leaves for its next run: scores, star models, checkpoints, its end."""
