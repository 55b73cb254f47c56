"""Typed text as an error message may repeat it: on one line, short, and without anything a terminal would obey."""


def quoted(text: str, width: int = 40) -> str:
    """The text with unprintable characters as U+FFFD, cut to ``width`` characters with an ellipsis."""
    head = text if len(text) <= width else text[: width - 1] + "…"
    return head if head.isprintable() else "".join(mark if mark.isprintable() else "\ufffd" for mark in head)
