"""What the page Trends, its files and the week say."""
