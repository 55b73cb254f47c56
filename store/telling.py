"""Templates, and the plain lines they make of what is known.

A template is text, one line a line.  ``{name}`` stands for what is known by that name; where that is nothing, the whole
line is left out.  ``{name|words}`` says the words instead: what matters to a reader and is missing is said, not hidden.
Of several values, each gets a line.  ``Label: …`` sets a label, ``# …`` a heading; a heading with nothing under it goes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from store.errors import UsageError

Facts = Mapping[str, str | tuple[str, ...]]
"""What is known, by name; "" or an empty tuple for nothing."""

_SLOT = re.compile(r"\{([a-z][a-z0-9_.]*)(?:\|([^{}]*))?\}")
_LABEL = re.compile(r"([A-Z][^:{}]{0,22}): ")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a telling; ``missing`` where something is said not to be known."""

    text: str
    label: str = ""
    heading: bool = False
    missing: bool = False


def tell(template: str, facts: Facts) -> tuple[Line, ...]:
    """The lines a template makes of the facts.  Raises ``UsageError`` for a name that stands for nothing known."""
    lines = [line for source in template.strip().splitlines() if source.strip() for line in _told(source.strip(), facts)]
    return tuple(
        line
        for at, line in enumerate(lines)
        if not line.heading or at == 0 or (at + 1 < len(lines) and not lines[at + 1].heading)
    )


def _told(source: str, facts: Facts) -> Iterator[Line]:
    heading = source.startswith("# ")
    labelled = _LABEL.match(source)
    text = source[2:] if heading else source[labelled.end() :] if labelled else source
    label = labelled[1] if labelled and not heading else ""
    slots = [_Slot(found[1], found[2], _known(found[1], facts)) for found in _SLOT.finditer(text)]
    if any(not slot.values and slot.instead is None for slot in slots):
        return
    missing = any(not slot.values for slot in slots)
    for nth in range(max((len(slot.values) for slot in slots), default=1) or 1):
        yield Line(_filled(text, slots, nth), label if nth == 0 else " " * bool(label), heading, missing)


def _filled(text: str, slots: list[_Slot], nth: int) -> str:
    said = iter(slots)
    return _SLOT.sub(lambda _: next(said).at(nth), text)


@dataclass(frozen=True, slots=True)
class _Slot:
    """One place to fill: its name, the words where nothing is known, and what is."""

    name: str
    instead: str | None
    values: tuple[str, ...]

    def at(self, nth: int) -> str:
        """What stands there in the nth line: the one value everywhere, else each once."""
        if not self.values:
            return self.instead or ""
        return self.values[0] if len(self.values) == 1 else self.values[nth] if nth < len(self.values) else ""


def _known(name: str, facts: Facts) -> tuple[str, ...]:
    if name not in facts:
        raise UsageError(f"The template asks for {{{name}}}, which nothing is called. There are {', '.join(sorted(facts))}.")
    value = facts[name]
    return tuple(part for part in ((value,) if isinstance(value, str) else value) if part.strip())


def as_markdown(lines: tuple[Line, ...]) -> str:
    """The telling as Markdown, to be pasted where it is needed."""
    parts = []
    for at, line in enumerate(lines):
        if line.heading:
            parts.append(f"{'#' if at == 0 else '##'} {line.text}\n")
        elif line.label:
            parts.append(f"- **{line.label}** {line.text}" if line.label.strip() else f"- {line.text}")
        else:
            parts.append(f"{line.text}\n")
    return "\n".join(parts).rstrip() + "\n"
