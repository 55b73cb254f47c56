"""The `many` command: a family of verbs a file, each declaring ``VERBS``; help, completion and docs/shell.md read them."""
