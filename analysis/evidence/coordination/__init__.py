"""What posts ask for and who shares the same, and the written rule for signs of coordination."""
