"""The flags every verb takes, found anywhere on the line.  Light, because capture imports it."""

from store.errors import UsageError
from store.quoting import quoted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

CAPTURES = ("mission", "bet", "decide", "belief", "signal", "note")
"""The verbs that capture; everything behind them is text."""

VALUED = {"--file": "file", "--as": "me", "--wire": "wire", "--theme": "theme"}
WIRES = ("differ", "plain")
SWITCHES = {
    "--json": "json", "--jsonl": "jsonl", "--csv": "csv", "--plain": "plain", "-q": "quiet", "--quiet": "quiet",
    "-y": "yes", "--yes": "yes", "--no-input": "no_input", "--no-color": "no_color", "--read-only": "read_only",
}  # fmt: skip
ABOUT = {
    "--file FILE": "the workspace file; else MANYVIEW_FILE, else your own (many where)",
    "--as NAME": "who you are; else MANYVIEW_AS, else your login",
    "--json": "data as JSON; errors too",
    "--jsonl": "one JSON object a line",
    "--csv": "a table for a spreadsheet",
    "--plain": "never open the app, print",
    "-q, --quiet": "no narration on stderr",
    "-y, --yes": "do not ask whether I am sure",
    "--no-input": "never ask anything; fail instead",
    "--no-color": "no colours (NO_COLOR does the same)",
    "--read-only": "change nothing, whatever is asked",
    "--theme NAME": "the theme of the app; else MANYVIEW_THEME, else what :theme kept, else what suits the terminal",
    "--wire plain": "the app sends every frame whole; else MANYVIEW_WIRE, else only what changed (differ)",
    "--": "everything behind it is text, not a flag",
}
"""How each flag is typed and what it does, for the help."""


class Flags:
    """What the flags of a line say, and the other words; ``words`` are still to be read, ``literal`` came behind ``--``."""

    __slots__ = (
        "csv", "file", "json", "jsonl", "literal", "me", "no_color", "no_input", "plain", "quiet", "read_only", "theme",
        "wire", "words", "yes",
    )  # fmt: skip

    def __init__(self) -> None:
        self.file: str | None = None
        self.me: str | None = None
        self.wire: str | None = None
        self.theme: str | None = None
        self.json = self.jsonl = self.csv = self.plain = self.quiet = self.yes = False
        self.no_input = self.no_color = self.read_only = False
        self.words: list[str] = []
        self.literal: list[str] = []

    @property
    def is_machine(self) -> bool:
        """Whether a program reads the output."""
        return self.json or self.jsonl


def read(line: "Sequence[str]") -> Flags:
    """The flags of a line of the shell and its other words, in their order.  Raises ``UsageError`` for a missing value."""
    flags, rest = Flags(), iter(line)
    for word in rest:
        if word == "--":
            flags.literal = list(rest)
        elif word in SWITCHES:
            setattr(flags, SWITCHES[word], True)
        elif word.startswith("--") and word.partition("=")[0] in VALUED:
            name, equals, value = word.partition("=")
            setattr(flags, VALUED[name], value if equals else _next(name, rest))
            if flags.wire not in (None, *WIRES):
                raise UsageError("--wire is plain (every frame whole) or differ (only what changed).")
        else:
            flags.words.append(word)
    return flags


def _next(name: str, rest: "object") -> str:
    value: str | None = next(rest, None)  # type: ignore[call-overload]
    if value is None or value in SWITCHES or value in VALUED:
        raise UsageError(f"{quoted(name)} needs a value behind it.")
    return value
