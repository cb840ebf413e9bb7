"""Signs of coordination within the reviews: what is found, and who is wrongly accused."""
