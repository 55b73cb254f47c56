"""The command line and the Textual app: what a person sees of the store."""

__version__ = "0.1.0"
