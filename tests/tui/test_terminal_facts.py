"""What is picked for a terminal and a link, what people may say otherwise, and what they are advised to change."""

from __future__ import annotations

import base64
import re

import pytest
from hypothesis import given
from hypothesis import strategies as some

from store.errors import UsageError
from tui.screens.outside import past_screen
from tui.shell import flags
from tui.shell.surroundings import OPENS, facts
from tui.terminal import advice, frames_a_second, has_mouse, has_signs, is_remote, is_utf8, lacks_mouse, multiplexer

SSH = {"SSH_CONNECTION": "1 2 3 4"}


@pytest.mark.parametrize(
    ("environ", "remote", "mouse", "frames"),
    [
        ({}, False, True, 120),
        (SSH, True, False, 120),
        ({**SSH, "MANYVIEW_WIRE": "plain"}, True, False, 30),
        ({**SSH, "MANYVIEW_LINK": "local", "MANYVIEW_WIRE": "plain"}, False, True, 120),
        ({"MANYVIEW_LINK": "remote"}, True, False, 120),
        ({**SSH, "MANYVIEW_LINK": "perhaps"}, True, False, 120),
        ({**SSH, "MANYVIEW_MOUSE": "on", "TEXTUAL_FPS": "10"}, True, True, 10),
        ({"MANYVIEW_MOUSE": "off", "TEXTUAL_FPS": "0"}, False, False, 120),
        ({**SSH, "MANYVIEW_WIRE": "PLAIN"}, True, False, 30),
        ({**SSH, "MANYVIEW_WIRE": "differ"}, True, False, 120),
        ({"TERM": "linux"}, False, False, 120),
        ({"TERM": "vt220"}, False, False, 120),
        ({"TERM": "vte-256color"}, False, True, 120),
        ({"TERM": "vt100", "MANYVIEW_MOUSE": "on"}, False, True, 120),
    ],
)
def test_the_link_decides_unless_somebody_says_otherwise(
    environ: dict[str, str], remote: bool, mouse: bool, frames: int
) -> None:
    assert (is_remote(environ), has_mouse(environ), frames_a_second(environ)) == (remote, mouse, frames)


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({"TERM": "xterm"}, ""),
        ({**SSH, "TERM": "tmux-256color", "MANYVIEW_MOUSE": "off"}, ""),
        ({"TERM": "linux", "MANYVIEW_MOUSE": "on"}, ""),
        ({"TERM": "linux", "MANYVIEW_MOUSE": "off"}, "a terminal called linux has none"),
        ({"TERM": "vt220"}, "a terminal called vt220 has none"),
        ({"TERM": "unknown"}, "a terminal called unknown has none"),
    ],
)
def test_where_there_is_a_mouse_it_can_be_turned_on(environ: dict[str, str], expected: str) -> None:
    assert lacks_mouse(environ) == expected


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({"LANG": "C.UTF-8"}, True),
        ({"LANG": "C.UTF-8", "MANYVIEW_ASCII": "on"}, False),
        ({"LANG": "C", "MANYVIEW_ASCII": "off"}, True),
        ({"LANG": "C", "MANYVIEW_ASCII": "maybe"}, False),
    ],
)
def test_ascii_can_be_asked_for_and_refused(environ: dict[str, str], expected: bool) -> None:
    assert is_utf8(environ) is has_signs(environ) is expected


@pytest.mark.parametrize(
    ("locale", "began", "expected"),
    [
        ({}, True, False),
        ({"LC_CTYPE": "C.UTF-8"}, False, False),
        ({"LC_CTYPE": "C.UTF-8"}, True, True),
        ({"LC_CTYPE": "C.UTF-8", "LANG": "de_DE.UTF-8"}, False, True),
        ({"LC_CTYPE": "de_DE.UTF-8"}, False, True),
        ({"LC_ALL": "C", "LC_CTYPE": "C.UTF-8"}, True, False),
    ],
)
def test_the_locale_that_python_sets_by_itself_says_nothing_of_the_terminal(
    locale: dict[str, str], began: bool, expected: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.terminal.began_with", lambda name: began)
    assert is_utf8(locale) is expected


def test_the_console_of_the_kernel_lacks_our_signs_unless_somebody_says_otherwise() -> None:
    assert not has_signs({"LANG": "C.UTF-8", "TERM": "linux"})
    assert has_signs({"LANG": "C.UTF-8", "TERM": "linux", "MANYVIEW_ASCII": "off"})
    assert "spells our signs in ASCII" in dict(facts({"LANG": "C.UTF-8", "TERM": "linux"}, may_ask=False))["locale"]


@pytest.mark.parametrize(
    ("environ", "expected"),
    [({}, ""), ({"STY": "1.a"}, "screen"), ({"TMUX": "/s,1,0"}, "tmux"), ({"TMUX": "", "STY": ""}, "")],
)
def test_a_multiplexer_is_known_by_what_it_sets(environ: dict[str, str], expected: str) -> None:
    assert multiplexer(environ) == expected


UTF8 = {"LANG": "C.UTF-8"}
MOSH = {**SSH, "NCURSES_NO_UTF8_ACS": "1"}


@pytest.mark.parametrize(
    ("environ", "tmux", "words"),
    [
        ({**UTF8, "TERM": "xterm-256color"}, {}, []),
        ({"TERM": "xterm-256color", "LANG": "C"}, {}, ["LANG=C.UTF-8"]),
        ({**UTF8, "TERM": "xterm-256color", **SSH}, {}, ["SendEnv COLORTERM", "ServerAliveInterval"]),
        ({"TERM": "xterm", "LANG": "C", **SSH}, {}, ["SendEnv LANG", "ServerAliveInterval"]),
        ({**UTF8, "TERM": "tmux-256color", "TMUX": "x"}, {"escape-time": "10", "set-clipboard": "external"}, []),
        ({**UTF8, "TERM": "xterm", **MOSH}, {}, ["MOSH_SERVER_NETWORK_TMOUT"]),
        ({**UTF8, "TERM": "screen", "TMUX": "x"}, {}, ["default-terminal"]),
        ({**UTF8, "TERM": "tmux-256color", "TMUX": "x"}, {"escape-time": "500"}, ["escape-time 10"]),
        ({**UTF8, "TERM": "tmux-256color", "TMUX": "x"}, {"set-clipboard": "off"}, ["set-clipboard"]),
        ({**UTF8, "TERM": "screen", "STY": "1.a"}, {}, ["screen-256color", "maptimeout"]),
        ({**UTF8, "TERM": "dumb"}, {}, ["export TERM"]),
        (
            {**UTF8, "TERM": "xterm", "MANYVIEW_MOUSE": "yes"},
            {},
            ["MANYVIEW_MOUSE is yes, which means nothing: it is on or off."],
        ),
        ({**UTF8, "TERM": "xterm", "MANYVIEW_MOUSE": "ON", "TEXTUAL_FPS": "60"}, {}, []),
        ({**UTF8, "TERM": "xterm", "TEXTUAL_FPS": "fast"}, {}, ["TEXTUAL_FPS is fast"]),
    ],
)
def test_advice_is_given_where_something_is_amiss(environ: dict[str, str], tmux: dict[str, str], words: list[str]) -> None:
    advised = advice(environ, tmux)
    assert len(advised) == len(words)
    assert all(word in sentence for word, sentence in zip(words, advised, strict=True))


@given(some.text(max_size=900))
def test_a_text_of_any_length_passes_screen_in_pieces_that_it_takes(text: str) -> None:
    pieces = re.findall("\x1bP(.{1,240}?)\x1b\\\\", past_screen(text), re.DOTALL)
    assert past_screen(text) == "".join(f"\x1bP{piece}\x1b\\" for piece in pieces)
    assert "".join(pieces) == f"\x1b]52;c;{base64.b64encode(text.encode()).decode()}\x07"


def test_the_doctor_says_what_was_picked_and_how_to_override_it() -> None:
    known = dict(facts({**UTF8, "TERM": "screen-256color", "STY": "1.a", **SSH}, may_ask=False))
    assert "inside GNU screen, colours: 256" in known["terminal"]
    far = dict(facts({**UTF8, "TERM": "screen-256color", **SSH}, may_ask=False))
    assert "tmux or screen at the other end, colours: 256" in far["terminal"]
    assert "through mosh" in dict(facts({**UTF8, "TERM": "xterm-256color", **MOSH}, may_ask=False))["terminal"]
    assert known["link"] == "remote, up to 120 frames a second"
    assert known["mouse"] == "off: the link is remote; :mouse turns it on"
    assert dict(facts({**UTF8, "TERM": "vt100"}, may_ask=False))["mouse"] == "off: a terminal called vt100 has none"
    assert known["theme"] == "ansi (picked for this terminal; :theme or MANYVIEW_THEME changes it)"
    assert known["wire"] == "only changes (moves lines); --wire plain sends all"
    assert "colours: mono (NO_COLOR)" in dict(facts({**UTF8, "TERM": "xterm", "NO_COLOR": "1"}, may_ask=False))["terminal"]
    assert "(MANYVIEW_WIRE)" in dict(facts({"TERM": "xterm", "MANYVIEW_WIRE": "plain"}, may_ask=False))["wire"]
    refused = dict(facts({"TERM": "xterm", "MANYVIEW_THEME": "nosuch"}, may_ask=False))
    assert "there is no theme" in refused["theme"].lower()
    assert (refused["app"], OPENS) == (
        "not with the theme that is asked for",
        dict(facts({**UTF8, "TERM": "xterm"}, may_ask=False))["app"],
    )
    asked = dict(facts({**UTF8, "TERM": "xterm", "MANYVIEW_ASCII": "on"}, may_ask=False))
    assert asked["locale"] == "ASCII alone, as MANYVIEW_ASCII says"


@pytest.mark.parametrize("environ", [{"TERM": "dumb"}, {"TERM": "unknown"}, {}])
def test_of_a_dumb_terminal_nothing_is_asked_and_nothing_is_told_of_the_app_but_that_it_cannot_be_opened(
    environ: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.shell.surroundings.round_trip", lambda: 1 / 0)
    known = dict(facts({**UTF8, **environ}, may_ask=True))
    assert (list(known), known["app"]) == (["terminal", "locale", "app"], "not on this terminal: use --plain")


def test_every_fact_fits_into_a_line_of_80_columns() -> None:
    for environ in (
        {"TERM": "xterm-256color"},
        {"TERM": "linux"},
        {"TERM": "screen", "STY": "1.a"},
        {"LANG": "C", "TERM": "a"},
    ):
        assert max(len(value) for _, value in facts({**UTF8, **SSH, **environ}, may_ask=False)) <= 69


def test_the_layer_can_be_chosen_on_the_line() -> None:
    assert flags.read(["--wire", "plain"]).wire == "plain"
    assert flags.read(["--wire=differ", "ls"]).wire == "differ"
    assert flags.read([]).wire is None
    with pytest.raises(UsageError, match="plain"):
        flags.read(["--wire", "copper"])
