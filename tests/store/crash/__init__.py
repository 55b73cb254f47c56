"""Helpers that stop a writer at any system call and look at what it left."""
