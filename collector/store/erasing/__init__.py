"""What is taken out: on request, after its time, and so that nothing of it stays."""
