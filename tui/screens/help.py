"""Help for where one stands: the keys by group, and what the lens in focus answers and hides."""

from __future__ import annotations

from store.model import KINDS, Record
from store.records import Records
from tui.acting import NEXT, NextStep
from tui.command import Command, Registry
from tui.keys import shown
from tui.panes.decoration import stated
from tui.perspective import Perspective
from tui.shapes import Paragraph, Text
from tui.viewpoint import Viewpoint


def help_text(registry: Registry, lens: Perspective, page: str) -> Text:
    """The keys of every group, those of this page first, after what the lens is for."""
    parts = [
        Paragraph(f"{lens.title}: {lens.asks}", heading=True, token="title"),
        Paragraph(f"It {' and it '.join(stated(lens))}.", token="dim"),
        *([Paragraph(f"{lens.moves}.", label="H J K L")] if lens.moves else []),
        *(Paragraph(_next(step), label=shown(key)) for key in registry.commands[NEXT].keys[:1] for step in lens.next_steps),
    ]
    groups: dict[str, list[Command]] = {}
    for command in registry.commands.values():
        if command.keys:
            groups.setdefault("Here" if page in command.panes else command.group, []).append(command)
    for group in sorted(groups, key=lambda group: (group != "Here", group == "Lenses")):
        parts.append(Paragraph(group, heading=True, token="title"))
        parts.extend(
            Paragraph(_said(command), label=" ".join(shown(key) for key in command.keys)) for command in groups[group]
        )
    return Text(tuple(parts))


def _next(step: NextStep) -> str:
    """What one wants to do next, and with what, where that differs by kind."""
    return step.title + ("" if step.kinds == (Record,) else f" ({', '.join(kind.noun for kind in step.kinds)})")


def _said(command: Command) -> str:
    """The title and the help of a command, the title only where the help does not begin with it."""
    told = command.help.rstrip(".").lower().startswith(command.title.lower())
    return command.help if told else f"{command.title}: {command.help}"


def help_perspective(registry: Registry, lens: Perspective, page: str) -> Perspective:
    """The help as something a lens can show and scroll."""

    def project(records: Records, viewpoint: Viewpoint) -> Text:
        return help_text(registry, lens, page)

    return Perspective(
        id="help", title="Help", key="", asks="q goes back, j and k scroll", hides="", kinds=KINDS, project=project,
        empty="", follows=True, board=False,
    )  # fmt: skip
