"""How faults are spoken of: weights of words, learned unlabelled, and what a window holds."""
