"""Local servers that speak the sources' wire formats over a simulated platform."""
