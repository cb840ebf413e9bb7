"""What one cell says: a day, a country, a number of stars."""
