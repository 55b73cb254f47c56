"""Which theme is chosen, and that not one byte of colour more than it promises reaches a real terminal."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.color import Color, ColorSystem
from rich.segment import Segment
from rich.style import Style as RichStyle
from textual.app import App
from textual.color import Color as TextualColor
from textual.widgets import Input

import themes
from store.errors import UsageError
from themes.fewer import COLOURS, in_256_colours, number
from tui import theming
from tui.terminal import colour_depth, is_dumb, is_remote, is_utf8

PATIENCE = 60.0
"""Seconds until a program that says nothing counts as stuck."""
ROOT = Path(theming.__file__).parent.parent
XTERM = {"TERM": "xterm-256color"}
LOCAL = {**XTERM, "COLORTERM": "truecolor"}
SSH = {**XTERM, "SSH_CONNECTION": "192.0.2.1 50000 192.0.2.2 22"}


# --------------------------------------------------------------------------------------------------------- the terminal


@pytest.mark.parametrize(
    ("environ", "depth"),
    [
        (LOCAL, "truecolor"),
        (XTERM, "256"),
        ({"TERM": "xterm"}, "ansi"),
        ({"TERM": "linux"}, "ansi"),
        ({"TERM": "xterm-kitty"}, "truecolor"),
        ({"TERM": "tmux-direct"}, "truecolor"),
        ({"TERM": "vt220"}, "mono"),
        ({"TERM": "dumb", "COLORTERM": "truecolor"}, "mono"),
        ({}, "mono"),
        ({**LOCAL, "NO_COLOR": "1"}, "mono"),
        ({**LOCAL, "NO_COLOR": ""}, "truecolor"),
        ({**LOCAL, "TEXTUAL_COLOR_SYSTEM": "standard"}, "ansi"),
        ({**LOCAL, "TEXTUAL_COLOR_SYSTEM": "millions"}, "truecolor"),
        ({"TERM": "screen-256color", "COLORTERM": "truecolor", "STY": "1.pts-0.host"}, "256"),
        ({"TERM": "screen-256color", "COLORTERM": "truecolor", "TMUX": "/tmp/tmux-1000/default,1,0"}, "truecolor"),
    ],
)
def test_colour_depth(environ: dict[str, str], depth: str) -> None:
    assert colour_depth(environ) == depth


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({"LANG": "de_DE.UTF-8"}, True),
        ({"LANG": "en_US.utf8@euro"}, True),
        ({"LANG": "C.UTF-8", "LC_ALL": "C"}, False),
        ({"LANG": "C", "LC_CTYPE": "UTF-8"}, True),
        ({"LANG": "en_US.ISO-8859-1"}, False),
        ({}, False),
    ],
)
def test_utf8_is_told_by_the_locale(environ: dict[str, str], expected: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.terminal.began_with", lambda name: True)
    assert is_utf8(environ) is expected


def test_remote_and_dumb() -> None:
    assert (is_remote(SSH), is_remote({"SSH_TTY": ""}), is_remote(LOCAL)) == (True, False, False)
    assert (is_dumb({"TERM": "dumb"}), is_dumb({}), is_dumb(XTERM)) == (True, True, False)


# ------------------------------------------------------------------------------------------------------------- choosing


@pytest.mark.parametrize(
    ("environ", "asked", "name"),
    [
        (LOCAL, None, "dark"),
        (LOCAL, "light", "light"),
        (XTERM, None, "ansi"),
        (SSH, None, "ansi"),
        ({**SSH, "COLORTERM": "truecolor"}, None, "ansi"),
        (SSH, "dark", "dark"),
        ({"TERM": "xterm"}, "dark", "ansi"),
        ({**LOCAL, "NO_COLOR": "1"}, None, "mono"),
        ({**LOCAL, "NO_COLOR": "1"}, "dark", "mono"),
        ({**LOCAL, "NO_COLOR": "1"}, "ansi", "mono"),
        ({**LOCAL, "NO_COLOR": ""}, None, "dark"),
        (LOCAL, "mono", "mono"),
        ({**LOCAL, "COLORFGBG": "0;15"}, None, "light"),
        ({**LOCAL, "COLORFGBG": "15;default;0"}, None, "dark"),
        ({**SSH, "COLORFGBG": "0;15"}, None, "ansi"),
        ({**SSH, "MANYVIEW_THEME": "gruvbox"}, None, "gruvbox"),
        ({**LOCAL, "MANYVIEW_THEME": "gruvbox"}, "light", "light"),
        ({"TERM": "xterm"}, "contrast-light", "mono-strong"),
        ({"TERM": "xterm"}, "mono-dark", "mono"),
        ({**LOCAL, "NO_COLOR": "1"}, "contrast-dark", "mono-strong"),
        ({**LOCAL, "NO_COLOR": "1"}, "ansi-light", "mono"),
    ],
)
def test_pick(environ: dict[str, str], asked: str | None, name: str) -> None:
    assert theming.pick(environ, asked).theme.name == name


def test_what_was_asked_for_and_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no theme called 'nigth'"):
        theming.pick(LOCAL, "nigth", (str(tmp_path),))
    with pytest.raises(UsageError, match=r"no theme called 'nigth'.*\nMANYVIEW_THEME asks for it\.$"):
        theming.pick({**LOCAL, "MANYVIEW_THEME": "nigth"})


def test_ones_own_theme_without_colours_stays_under_no_color(tmp_path: Path) -> None:
    (tmp_path / "paper.toml").write_text('inherits = "mono"\n', encoding="utf-8")
    assert theming.pick({**LOCAL, "NO_COLOR": "1"}, "paper", (str(tmp_path),)).theme.name == "paper"


def test_with_256_colours_a_theme_is_drawn_by_their_numbers() -> None:
    light = theming.pick(XTERM, "light").theme
    assert (light.name, light.depth) == ("light", "256")
    assert theming.styles(light)["text"].bgcolor == Color.parse("color(231)")
    assert theming.styles(light, "cursor_idle")["text"].bgcolor == Color.parse("color(255)")
    assert theming.line_filters(light) == ()


@given(st.integers(16, 255))
def test_the_numbers_of_the_256_colours_are_those_of_terminals(at: int) -> None:
    assert Color.from_ansi(at).get_truecolor().hex == COLOURS[at - 16]
    assert COLOURS[number(COLOURS[at - 16]) - 16] == COLOURS[at - 16]


@pytest.mark.parametrize("name", [name for name in themes.names() if themes.load(name).is_rgb])
def test_css_draws_the_screen_in_the_same_colour_as_lines_do(name: str) -> None:
    """CSS knows no colour by its number: what Rich makes of ``$mv-background`` must be what ``styles`` says."""
    theme = in_256_colours(themes.load(name))
    drawn = theming.styles(theme)["text"].bgcolor
    assert drawn is not None
    assert Color.parse(theming.variables(theme)["mv-background"]).downgrade(ColorSystem.EIGHT_BIT).number == drawn.number


def test_environment() -> None:
    assert theming.environment(LOCAL) == {
        "TEXTUAL_ANIMATIONS": "none",
        "TEXTUAL_SMOOTH_SCROLL": "0",
        "TEXTUAL_COLOR_SYSTEM": "truecolor",
        "TEXTUAL_FPS": "120",
    }
    assert theming.environment({**SSH, "TEXTUAL_FPS": "many"})["TEXTUAL_FPS"] == "120"
    assert theming.environment({**SSH, "TEXTUAL_FPS": "15"})["TEXTUAL_FPS"] == "15"
    assert theming.environment({**LOCAL, "TEXTUAL_COLOR_SYSTEM": "millions"})["TEXTUAL_COLOR_SYSTEM"] == "truecolor"


def test_what_comes_before_textual_does_not_load_it() -> None:
    code = (
        "import os, sys\nfrom tui import theming\ntheming.pick(os.environ, 'dark'); theming.environment(os.environ)\n"
        "print(*{'rich', 'textual'} & set(sys.modules))"
    )
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == ""


# ------------------------------------------------------------------------------------------------- styles and variables


def test_styles_are_rich_styles_on_every_ground() -> None:
    dark, ansi = themes.load("dark"), themes.load("ansi")
    assert theming.styles(dark)["title"] == RichStyle.parse("bold #d7d7d7 on #13171c")
    assert theming.styles(dark, "cursor")["title"] == RichStyle.parse("bold #d7d7d7 on #24394c")
    assert theming.styles(ansi)["bad"] == RichStyle.parse("bold bright_red")
    assert theming.styles(ansi)["text"] == RichStyle()
    assert theming.styles(ansi, "cursor")["bad"] == RichStyle.parse("bold reverse")
    assert theming.styles(dark) is theming.styles(dark)


def test_variables_are_the_same_names_in_every_theme() -> None:
    named = {frozenset(theming.variables(themes.load(name))) for name in themes.names()}
    assert len(named) == 1
    ours = [name for name in named.pop() if name.startswith("mv-")]
    assert len(ours) < 50, "each costs time whenever CSS is read"
    assert all(re.fullmatch("[a-z-]+", name) for name in ours)


def test_variables_say_what_the_theme_says() -> None:
    dark, ansi = theming.variables(themes.load("dark")), theming.variables(themes.load("ansi"))
    assert (dark["mv-text"], dark["mv-background"]) == ("#d7d7d7", "#13171c")
    assert (dark["mv-tab-active"], dark["mv-tab-active-style"]) == ("#eeeeee", "bold")
    assert dark["mv-input-background"] == "#222a33"
    assert (ansi["mv-text"], ansi["mv-background"], ansi["mv-bad"]) == (
        "ansi_default",
        "ansi_default",
        "ansi_bright_red",
    )
    assert (ansi["mv-cursor-style"], ansi["mv-input-style"]) == ("reverse", "underline")


@pytest.mark.parametrize("name", themes.names())
async def test_textual_takes_every_theme(name: str) -> None:
    theme = themes.load(name)

    class Fields(App[None]):
        CSS = "Input { color: $mv-input; background: $mv-input-background; text-style: $mv-input-style; }"

        def compose(self):  # type: ignore[no-untyped-def]
            yield Input()

    app = Fields()
    app.register_theme(theming.textual_theme(theme))
    app.theme = name
    async with app.run_test():
        assert app.native_ansi_color is (theme.depth != "truecolor")
        styles = app.query_one(Input).styles
        assert styles.color == TextualColor.parse(theming.variables(theme)["mv-input"])


def test_filters_keep_links_and_what_a_click_does() -> None:
    (plain,) = theming.line_filters(themes.load("mono"))
    style = RichStyle(color="red", bgcolor="#102030", bold=True, link="https://example.org", meta={"row": 7})
    (segment,) = plain.apply([Segment("x", style)], TextualColor(0, 0, 0))
    kept = segment.style
    assert kept is not None
    assert (kept.color, kept.bgcolor, kept.bold, kept.link, kept.meta) == (None, None, True, style.link, {"row": 7})


def test_under_ansi_a_stray_colour_becomes_one_of_the_sixteen() -> None:
    (plain,) = theming.line_filters(themes.load("ansi"))
    style = RichStyle.from_color(Color.parse("#cd0000"), Color.default())
    (segment,) = plain.apply([Segment("x", style)], TextualColor(0, 0, 0))
    kept = segment.style
    assert kept is not None
    assert kept.color is not None
    assert (kept.color.get_ansi_codes(), kept.bgcolor) == (("31",), None)


# ------------------------------------------------------------------------------------------------------- on a real line

PROGRAM = """
import os
from tui import theming
theme = theming.pick(os.environ, os.environ.get("THEME")).theme
os.environ.update(theming.environment(os.environ))
from rich.segment import Segment
from textual.app import App
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Footer, Input, OptionList, Static, TextArea

class Rows(Widget):
    DEFAULT_CSS = "Rows { height: 6; border: round $mv-accent; background: $mv-background; }"
    def render_line(self, y):
        styles = theming.styles(theme, ("", "cursor", "cursor_idle", "linked")[y])
        return Strip([Segment(token, style) for token, style in styles.items()])

class Sample(App):
    CSS_PATH = os.path.abspath("tui/styles/theme.tcss")
    BINDINGS = [("x", "quit", "Leave")]
    def __init__(self):
        super().__init__()
        self.register_theme(theming.textual_theme(theme))
        self.theme = theme.name
    def get_line_filters(self):
        return theming.line_filters(theme)
    def compose(self):
        yield Rows()
        yield Static("[#ff8800 on #00ff00]stray[/] [red]stray[/] [dim]dim[/]")
        yield Input("typed")
        yield OptionList("one", "two")
        yield TextArea("text")
        yield Footer()
    def on_ready(self):
        self.notify("told")
        self.set_timer(0.1, self.exit)

Sample().run()
"""


def bytes_of(**environ: str) -> str:
    """Everything the program above writes to a terminal of 40 lines and 100 columns."""
    line, terminal = pty.openpty()
    fcntl.ioctl(line, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 100, 0, 0))
    clean = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", **XTERM, **environ}
    arguments = [sys.executable, "-c", PROGRAM]
    with subprocess.Popen(
        arguments, cwd=ROOT, env=clean, stdin=terminal, stdout=terminal, stderr=terminal, start_new_session=True
    ) as process:
        os.close(terminal)
        written = b"".join(iter(lambda: read(line), b""))
        os.close(line)
    assert process.returncode == 0, written.decode(errors="replace")
    return written.decode()


def read(line: int) -> bytes:
    if not select.select([line], [], [], PATIENCE)[0]:
        raise TimeoutError("the program neither writes nor ends")
    try:
        return os.read(line, 65536)
    except OSError:  # Linux reports the end of a pseudo-terminal as an error
        return b""


def rendition(written: str) -> set[int]:
    """Every number in the SGR sequences, except those that spell out the colour after 38 and 48."""
    plain = re.sub(r"([34]8);(?:2;\d+;\d+;\d+|5;\d+)", r"\1", " ".join(re.findall(r"\x1b\[([\d;]*)m", written)))
    return {int(number) for number in re.findall(r"\d+", plain)}


@pytest.mark.parametrize(
    ("environ", "attributes", "coloured"),
    [
        ({**LOCAL, "NO_COLOR": "1"}, {1, 2, 7}, False),
        ({**LOCAL, "NO_COLOR": "1", "THEME": "dark"}, {1, 2, 7}, False),
        (SSH, {1, 2, 7}, True),
        ({**LOCAL, "THEME": "ansi"}, {1, 2, 7}, True),
    ],
    ids=["no_color", "no_color_with_a_theme", "ssh", "ansi_on_truecolor"],
)
def test_what_reaches_the_terminal(environ: dict[str, str], attributes: set[int], coloured: bool) -> None:
    numbers = rendition(bytes_of(**environ))
    sixteen = {*range(30, 38), *range(40, 48), *range(90, 98), *range(100, 108)}
    assert attributes <= numbers
    assert numbers <= {0, 1, 2, 3, 4, 7} | (sixteen if coloured else set())
    assert bool(numbers & sixteen) is coloured


def test_on_a_terminal_of_256_colours_rows_have_the_grounds_of_the_theme() -> None:
    theme = in_256_colours(themes.load("light"))
    written = bytes_of(THEME="light")
    sent = {int(code) for code in re.findall(r"48;5;(\d+)", written)}
    rows = {number(str(theme.tokens[row].background)) for row in ("text", "cursor", "cursor_idle", "linked")}
    assert rows <= sent
    assert not re.search(r"[34]8;2;", written)


def test_an_empty_no_color_is_no_wish() -> None:
    written = bytes_of(**LOCAL, NO_COLOR="")
    assert "48;2;19;23;28" in written  # the ground of dark, not a grey made from it
    assert "38;2;215;215;215" in written
