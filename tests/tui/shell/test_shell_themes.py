"""The verb ``many themes``: the list, a preview, what is said of a theme that cannot be used."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console
from rich.text import Text

import themes
from tui.preview import preview
from tui.shell.themes import painted
from tui.terminal import Depth
from tui.theming import fit, styles

Many = Callable[..., Any]


@pytest.fixture
def folder(home: Path) -> Path:
    """The folder of one's own themes."""
    folder = home / ".config" / "manyview" / "themes"
    folder.mkdir(parents=True)
    return folder


def test_the_list_names_every_theme_and_the_one_that_opens_here(many: Many, home: Path) -> None:
    done = many("themes")
    assert [line[2:].split()[0] for line in done.lines] == list(themes.names())
    assert [line for line in done.lines if line.startswith(">")] == [
        "> ansi            either  16 colours  The terminal's own sixteen colours, dark or light; what is used over SSH"
    ]
    assert ":theme NAME" in done.err
    assert [line for line in many("--theme", "light", "themes").lines if line.startswith("> light ")]
    (home / ".config" / "manyview").mkdir(parents=True)
    (home / ".config" / "manyview" / "theme.toml").write_text('local = "gruvbox"\n', encoding="utf-8")
    assert [line for line in many("themes").lines if line.startswith("> gruvbox ")]
    assert f"{home}/.config/manyview/theme.toml" in many("where").out


def test_the_list_tells_of_a_theme_that_cannot_be_used(many: Many, folder: Path) -> None:
    (folder / "mine.toml").write_text('inherits = "dark"\n[tokens]\nbad = "rde"\n', encoding="utf-8")
    (folder / "yours.toml").write_text('inherits = "light"\ntitle = "Yours"\n', encoding="utf-8")
    lines = many("themes").lines
    (mine,) = [line for line in lines if line.startswith("  mine ")]
    assert mine.split(maxsplit=1)[1].startswith("cannot be used: bad: 'rde' is not a colour; write #rrggbb, or one")
    assert "  yours           light   any colour  Light, changed" in lines
    (mine,) = [one for one in many("themes", "--json").data if one["name"] == "mine"]
    assert mine["path"] == str(folder / "mine.toml")
    assert mine["problem"].startswith("bad: 'rde' is not a colour")


def test_a_preview_in_a_pipe_is_text_with_every_token_in_words(many: Many) -> None:
    done = many("themes", "gruvbox")
    assert (done.code, done.err) == (0, "")
    assert "> B12  ● placed   The row under the cursor                               3 d ago" in done.lines
    assert "contrast   4.7 or more; least: dim on input_background" in done.lines
    assert "16         ansi stands in" in done.lines
    assert "credit     Gruvbox by Pavel Pertsev, MIT licence" in done.lines
    assert [line.split()[0] for line in done.lines[-len(themes.TOKENS) :]] == list(themes.TOKENS)
    assert "\x1b" not in done.out


def test_a_preview_for_programs(many: Many) -> None:
    data = many("themes", "safe-dark", "--json").data
    assert data["promises"] == ["protanopia", "deuteranopia", "tritanopia"]
    assert data["tokens"]["cursor"] == "on #24394c"
    assert data["problems"] == []


def test_poor_contrast_of_ones_own_theme_is_said(many: Many, folder: Path) -> None:
    (folder / "mine.toml").write_text('inherits = "dark"\n[tokens]\ntab = "#5c6570"\n', encoding="utf-8")
    done = many("themes", "mine")
    assert done.code == 0
    assert "problem    Contrast 3.0 below 4.5 of tab on its background." in done.lines


def test_an_unknown_theme_and_a_broken_one(many: Many, folder: Path) -> None:
    done = many("themes", "drak")
    assert done.code == 4
    assert done.err.startswith("There is no theme called 'drak'. Did you mean dark?")
    (folder / "mine.toml").write_text('inherits = "dark"\n[tokens]\nbad = "rde"\ndim = "grey"\n', encoding="utf-8")
    done = many("themes", "mine")
    assert done.code == 1
    first, where, also = done.err.splitlines()
    assert first.startswith("The theme mine cannot be used: dim: 'grey' is not a colour")
    assert first.endswith("such as bright_blue.")
    assert where == f"It is in {folder / 'mine.toml'}."
    assert also.startswith("Also: bad: 'rde' is not a colour")


@pytest.mark.parametrize("depth", ["truecolor", "256", "ansi", "mono"])
@pytest.mark.parametrize("name", ["light", "contrast-dark", "ansi-dark", "mono"])
def test_a_painted_line_has_the_text_and_the_styles_of_the_theme(name: str, depth: Depth) -> None:
    theme = fit(themes.load(name), depth)
    for line in preview(theme, 60):
        read = Text.from_ansi(painted(line, theme, depth))
        assert read.plain == "".join(span.text for span in line.spans)
        if theme.depth == depth:
            wanted = styles(theme, line.ground)[line.spans[0].token]
            found = read.get_style_at_offset(Console(), 0)
            for one, other in ((found.color, wanted.color), (found.bgcolor, wanted.bgcolor)):
                assert (one and one.get_ansi_codes()) == (other and other.get_ansi_codes())
