"""What reviews give as their reason, read from written words and small learned weights."""
