"""The commands: a module a noun, each declaring ``COMMANDS``."""
