"""What can go wrong, in words for the person: what happened, where, and what to do.

Light on purpose: the capture path imports it.  ``exit_code`` is what the shell reports.
"""


class ManyViewError(Exception):
    """A failure a person can read; the message is one or two lines and nothing was changed unless it says so."""

    exit_code = 1


class UsageError(ManyViewError):
    """The request itself cannot be understood."""

    exit_code = 2


class Busy(ManyViewError):
    """Another process held the workspace for too long; trying again is safe."""

    exit_code = 3


class NotFound(ManyViewError):
    """No record, or more than one, is meant by what was typed."""

    exit_code = 4


Clash = tuple[str, str, object, object]
"""A field that two people changed: the id of the record, the name of the field, their value, mine."""


class Conflict(ManyViewError):
    """The same fields were changed by somebody else meanwhile.

    ``fields`` holds each of them; a step that is committed ``over`` them writes them over.
    """

    exit_code = 5

    def __init__(self, message: str, fields: tuple[Clash, ...] = ()) -> None:
        super().__init__(message)
        self.fields = fields


class Damaged(ManyViewError):
    """The file is not a workspace, is damaged, or was written by a newer version."""

    exit_code = 6


class ReadOnly(ManyViewError):
    """The workspace can be read here but not written."""


class Refused(ManyViewError):
    """A rule of the domain stands in the way; the message says which and what would satisfy it."""
