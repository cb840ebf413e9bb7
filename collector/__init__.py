"""Gets what the public says about an app into the store, and knows what it could not see."""
