"""An incident as one file for people outside: what it was made from, and the proof of both."""
