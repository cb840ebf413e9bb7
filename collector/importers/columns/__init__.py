"""Which column of a file is which field, and what is done where that is not sure."""
