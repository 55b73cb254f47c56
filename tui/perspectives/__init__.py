"""The perspectives: a file each, found by itself, named by the question it answers."""
