"""Series over time, what moved them, releases, the week."""
