"""What reviews give as their reason, which of it is new in a swing, and what that says of its cause."""
