"""Names and imports: nothing of ours hides something of Textual's, and what is pure stays without it."""

from __future__ import annotations

import ast
import importlib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from textual.app import App
from textual.message import Message
from textual.message_pump import MessagePump

from tui.text import ascii_only

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "tui").rglob("*.py"))
WITH_WIDGETS = [path for path in SOURCES if {"panes", "screens"} & set(path.parts) or path.name == "app.py"]

OVERRIDES = {
    "ManyViewApp": {
        "CSS_PATH",
        "ENABLE_COMMAND_PALETTE",
        "TITLE",
        "get_css_variables",
        "get_line_filters",
        "get_default_screen",
        "_fatal_error",
    },
    "WorkspaceScreen": {"AUTO_FOCUS", "compose"},
    "Lines": {"DEFAULT_CSS", "render_line", "render_lines"},
    "Typed": {"render_lines"},
    "Bar": {"DEFAULT_CSS"},
    "Foot": {"DEFAULT_CSS"},
    "PromptBar": {"DEFAULT_CSS"},
    "Room": {"compose"},
    "WireApp": {"_display"},
    "WireScreen": {"_compositor"},
}
"""What our classes replace on purpose; anything else that has a name of Textual's is a mistake that shows late."""

PURE = ("commands", "perspectives", "drawing")
PURE_MODULES = (
    "command.py", "shapes.py", "viewpoint.py", "perspective.py", "absence.py",
    "desk.py", "keys.py", "performing.py", "sights.py", "plain.py", "drafts.py",
)  # fmt: skip
MEASURING = "rich.cells"


def dotted(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def textual_classes() -> Iterator[type[MessagePump]]:
    """Every class of ours that is one of Textual's."""
    for path in WITH_WIDGETS:
        module: ModuleType = importlib.import_module(dotted(path))
        for found in vars(module).values():
            if isinstance(found, type) and issubclass(found, MessagePump) and found.__module__ == module.__name__:
                yield found


def ours(found: type) -> set[str]:
    """What a class sets: in its body, and on ``self`` in its methods."""
    tree = ast.parse((ROOT / (found.__module__.replace(".", "/") + ".py")).read_text(encoding="utf-8"))
    (body,) = (node for node in ast.walk(tree) if isinstance(node, ast.ClassDef) and node.name == found.__name__)
    names = {name for name in vars(found) if not name.startswith("__")}
    for node in ast.walk(body):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store) and isinstance(node.value, ast.Name):
            names |= {node.attr} if node.value.id == "self" else set()
    return names


def theirs(found: type) -> set[str]:
    """What Textual's classes above it have: in their bodies and, as far as their source shows it, on ``self``."""
    names: set[str] = set()
    for base in found.__mro__:
        if base.__module__.startswith("textual"):
            names |= set(vars(base)) | _set_on_self(base)
    return names


def _set_on_self(base: type) -> set[str]:
    file = importlib.import_module(base.__module__).__file__
    tree = ast.parse(Path(file or "").read_text(encoding="utf-8"))
    bodies = [node for node in ast.walk(tree) if isinstance(node, ast.ClassDef) and node.name == base.__name__]
    return {
        node.attr
        for body in bodies
        for node in ast.walk(body)
        if isinstance(node, ast.Attribute)
        and isinstance(node.ctx, ast.Store)
        and isinstance(node.value, ast.Name)
        and node.value.id == "self"
    }


ACCESSORS = {"styles", "display", "theme", "cursor_position"}
"""Properties of Textual that are there to be set."""
MADE = (
    "_inherit_",
    "_css_type_name",
    "_merged_bindings",
    "_decorated_handlers",
    "_reactives",
    "_computes",
    "can_focus",
    "on_",
)
"""How names begin that Textual puts into every class, or looks for there."""


@pytest.mark.parametrize("found", list(textual_classes()), ids=lambda found: found.__name__)
def test_nothing_of_ours_hides_something_of_textuals(found: type) -> None:
    hidden = {name for name in ours(found) & theirs(found) if not name.startswith(MADE)}
    assert hidden - ACCESSORS == OVERRIDES.get(found.__name__, set())


def test_a_name_that_hides_one_of_textuals_is_seen() -> None:
    from tui.panes.lens import LensPane

    assert {"_registry", "styles", "app", "size", "_size", "refresh"} <= theirs(LensPane) | theirs(App)


@pytest.mark.parametrize("found", list(textual_classes()), ids=lambda found: found.__name__)
def test_messages_do_not_hide_something_of_textuals_either(found: type) -> None:
    for message in vars(found).values():
        if isinstance(message, type) and issubclass(message, Message):
            own = {name for name in message.__init__.__code__.co_varnames if name != "self"}
            assert own & set(vars(Message)) == set()


def imported(path: Path) -> Iterator[str]:
    """The modules a file imports, wherever it does."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


@pytest.mark.parametrize(
    "path", [path for path in SOURCES if path.parent.name in PURE or path.name in PURE_MODULES], ids=dotted
)
def test_what_is_pure_knows_neither_textual_nor_rich(path: Path) -> None:
    foreign = {name for name in imported(path) if name.split(".")[0] in ("textual", "rich")}
    assert foreign - {MEASURING} == set()
    assert not any(name.startswith(("tui.screens", "tui.panes.l", "tui.app")) for name in imported(path))


def test_the_app_itself_is_among_the_classes_looked_at() -> None:
    names = {found.__name__ for found in textual_classes()}
    assert names >= {"ManyViewApp", "WorkspaceScreen", "LensPane", "Lines", "Bar", "PromptBar", "FormPane", "Typed"}
    assert any(issubclass(found, App) for found in textual_classes())


@pytest.mark.parametrize("path", [path for path in SOURCES if path.name != "text.py"], ids=dotted)
def test_every_sign_of_ours_can_be_spelt_in_ascii(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}  # docstrings are never shown
    shown = "".join(
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said
    )
    assert {sign for sign in shown if not sign.isascii() and sign.isprintable() and "?" in ascii_only(sign)} == set()
