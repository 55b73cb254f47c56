"""The daily review: what waits for a person, why, and what an answer changes."""
