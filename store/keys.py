"""The keys a typed line knows: for each kind what they set, and how their values are read.

Capture and the filter language share them.  Light, because capture imports it; so it repeats the names of the model's
fields and choices, and a test holds the two together.
"""

from store.quoting import quoted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    Value = str | int | float | list[str]
    Today = date | Callable[[], date] | None
    """The day it is, or what tells it and is asked only where a day is read; None for the day here."""
    Reader = Callable[[str, Today], Value]
    """Reads the value of a key; raises ``ValueError`` with the reason, which ends a sentence."""

# --------------------------------------------------------------------------------------------------- how values are read


def _text(value: str, today: "Today") -> str:
    return value


def _list(value: str, today: "Today") -> list[str]:
    return [value]


def _commas(value: str, today: "Today") -> list[str]:
    return _filled([part.strip() for part in value.split(",")])


def read_tags(value: str) -> list[str]:
    """The tags of a list with commas, without their ``+``."""
    return _filled([part.strip().removeprefix("+") for part in value.split(",")])


def _person(value: str, today: "Today") -> str:
    return _filled([value.removeprefix("@")])[0]


def _people(value: str, today: "Today") -> list[str]:
    return _filled([part.strip().removeprefix("@") for part in value.split(",")])


def _filled(parts: list[str]) -> list[str]:
    kept = [part for part in parts if part]
    if not kept:
        raise ValueError("nothing is named")
    return kept


def read_day(value: str, today: "Today") -> str:
    """The day a word names, in ISO form."""
    from datetime import date

    from store.dates import NotADate, read_date

    try:
        return read_date(value, today() if callable(today) else today or date.today()).isoformat()
    except NotADate as error:
        raise ValueError(error.reason) from None


def _percent(value: str, today: "Today") -> int:
    return _whole(value.removesuffix("%"), 0, 100)


def _limit(value: str, today: "Today") -> int:
    return _whole(value, 0, 9_999)


def _whole(digits: str, low: int, high: int) -> int:
    if not (digits.isascii() and digits.isdigit() and len(digits) < 9 and low <= int(digits) <= high):
        raise ValueError(f"it takes a whole number from {low} to {high}")
    return int(digits)


def _number(low: float, high: float) -> "Reader":
    def read(value: str, today: "Today") -> float:
        try:
            number = float(value if value.isascii() and "_" not in value else "")
        except ValueError:
            raise ValueError("it takes a number") from None
        if not low <= number <= high:
            raise ValueError("it takes a number" if high > 1e100 else f"it takes a number from {low:g} to {high:g}")
        return number

    return read


def _one_of(*choices: str) -> "Reader":
    """Takes a choice or the beginning of one of its words, where only one begins so: ``health:risk``, ``door:one``."""

    def read(value: str, today: "Today") -> str:
        found = chosen(value, choices)
        if len(found) != 1:
            raise ValueError(f"it takes {', '.join(choices[:-1])} or {choices[-1]}")
        return found[0]

    return read


def chosen(value: str, choices: "Iterable[str]") -> list[str]:
    """The choices a word may mean: the one it is, else those it begins, else those with a later word it begins."""
    word, choices = value.strip().lower(), list(choices)
    if not word:
        return []
    whole = [choice for choice in choices if choice.lower() == word]
    front = [choice for choice in choices if choice.lower().startswith(word)]
    return whole or front or [c for c in choices if any(part.startswith(word) for part in c.replace("-", " ").split())]


def record_id(value: str, today: "Today" = None) -> str:
    """The id a word names, ``B7`` for ``b7``; raises ``ValueError`` for anything else."""
    letter, digits = value[:1].upper(), value[1:]
    if value.isascii() and value.isdigit():
        raise ValueError(f"say which kind it is, as B{quoted(value, 9)}")
    if not (letter and letter in "MBDASCU" and digits.isascii() and digits.isdigit() and len(digits) < 16 and int(digits)):
        raise ValueError("it takes the id of a record, as B7")
    return letter + str(int(digits))


_ANY = _number(-1.7e308, 1.7e308)
_TEN = _number(0, 10)

# ------------------------------------------------------------------------------------------------------------- the keys

_TEAMWORK: "dict[str, Reader]" = {"mandate": _one_of(*"ABCDEFGHI"), "team": _text, "people": _people}

FIELDS: "dict[str, dict[str, Reader]]" = {
    "missions": _TEAMWORK
    | {
        "state": _one_of("forming", "active", "paused", "closed"),
        "horizon": _one_of("months", "quarters", "years"),
        "intent.purpose": _text,
        "intent.end_state": _text,
        "intent.bounds": _text,
        "area": _text,
        "funding": _one_of("project", "milestone", "durable"),
        "wip_limit": _limit,
        "drag": _list,
        "review_on": read_day,
    },
    "bets": _TEAMWORK
    | {
        "state": _one_of("option", "shaping"),
        "horizon": _one_of("hours", "days", "weeks", "months", "quarters", "years", "decades"),
        "hypothesis": _text,
        "opportunity": _text,
        "opportunity_confidence": _percent,
        "options": _list,
        "appetite": _text,
        "kind": _one_of("explore", "deliver", "improve", "run"),
        "mode": _text,
        "buckets": _commas,
        "drivers": _list,
        "constraints": _list,
        "floats": _list,
        "if_not": _text,
        "pivot_if": _text,
        "proceed_if": _text,
        "hill": _percent,
        "settle_by": read_day,
    },
    "decisions": {
        "state": _one_of("open", "decided"),
        "why": _text,
        "occasion": _text,
        "context": _text,
        "options": _list,
        "chosen": _text,
        "door": _one_of("two-way", "one-way"),
        "driver": _person,
        "approver": _person,
        "contributors": _people,
        "informed": _people,
        "confidence": _percent,
        "prediction": _text,
        "decided_on": read_day,
        "review_on": read_day,
    },
    "beliefs": {
        "state": _one_of("open", "supported", "refuted", "retired"),
        "kind": _one_of("fact", "assumption", "belief", "question"),
        "converged": _TEN,
        "benefit": _number(-5, 5),
        "certainty": _TEN,
        "value": _TEN,
        "next_step": _text,
        "revisit_on": read_day,
    },
    "signals": {
        "kind": _one_of("north-star", "input", "bet", "health"),
        "unit": _text,
        "from_value": _ANY,
        "to_value": _ANY,
        "by": read_day,
        "use": _one_of("learn", "steer", "report"),
        "lag": _text,
        "gaming": _text,
    },
    "updates": {
        "kind": _one_of("note", "problem", "solution"),
        "about": record_id,
        "health": _one_of("on track", "at risk", "off track"),
        "confidence": _percent,
    },
}
"""Table → field a line can set → how its value is read.  Of the states, those that promise nothing yet."""

_NEXT_DAY = ("due", "by", "review", "revisit")
_SHORT: dict[str, dict[str, str]] = {
    "missions": {"purpose": "intent.purpose", "end_state": "intent.end_state", "bounds": "intent.bounds", "wip": "wip_limit"}
    | dict.fromkeys(_NEXT_DAY, "review_on"),
    "bets": {"conf": "opportunity_confidence", "confidence": "opportunity_confidence", "option": "options"}
    | {"bucket": "buckets", "constraint": "constraints", "float": "floats", "settle": "settle_by"}
    | {"pivot": "pivot_if", "proceed": "proceed_if"}
    | dict.fromkeys(_NEXT_DAY, "settle_by"),
    "decisions": {"conf": "confidence", "option": "options", "predict": "prediction", "decided": "decided_on"}
    | dict.fromkeys(_NEXT_DAY, "review_on"),
    "beliefs": {"next": "next_step"} | dict.fromkeys(_NEXT_DAY, "revisit_on"),
    "signals": {"from": "from_value", "to": "to_value", "due": "by"},
    "updates": {"conf": "confidence", "re": "about", "under": "about"},
}

KEYS: dict[str, dict[str, str]] = {
    table: {field: field for field in fields if "." not in field} | _SHORT[table] for table, fields in FIELDS.items()
}
"""Table → key as typed → the field it sets; a dot leads into a part."""

LINK_KEYS: dict[str, str] = {
    "under": "nests_in", "nests_in": "nests_in", "drives": "drives", "tests": "tests", "informs": "informs",
    "depends_on": "depends_on", "depends": "depends_on", "competes_with": "competes_with", "competes": "competes_with",
    "tension": "tension", "supersedes": "supersedes", "pivots_from": "pivots_from", "pivots": "pivots_from",
}  # fmt: skip
"""Key → the link it draws; ``re`` draws the one that fits the two kinds."""

FITTING: dict[str, dict[str, str]] = {
    "missions": {"M": "nests_in", "S": "drives"},
    "bets": {"M": "nests_in", "S": "drives", "A": "tests"},
    "signals": {"S": "drives"},
}
"""Table → letter of the other record → what ``re`` means between them; ``informs`` for all others."""

DEFAULTS = {("decisions", "door"): "two-way", ("beliefs", "kind"): "belief", ("updates", "kind"): "note"}
"""Values that documents leave out, because the model says them."""
