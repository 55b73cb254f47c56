"""The command line and the Textual app: what a person sees of the store."""
