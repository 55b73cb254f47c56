"""A workspace on a disk: two files that several programs share."""
