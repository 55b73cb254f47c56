"""The layer: the terminal shows, cell for cell, what it would show without it, for fewer bytes."""

from __future__ import annotations

import pytest
from emulator import Agreeing, Narrow, Terminal
from hypothesis import example, given, settings
from hypothesis import strategies as some

from tui.wire import Traits, Wire

EVERYTHING = Traits(erases_in_colour=True, erases_cells=True, fills_in_colour=True, moves_lines=True)
CAREFUL = Traits()
LIKE_KITTY = EVERYTHING._replace(fills_in_colour=False)
SORTS = (EVERYTHING, CAREFUL, LIKE_KITTY, Traits(moves_lines=True), Traits(erases_cells=True))
WIDTH, HEIGHT = 16, 8
STYLES = ("", "1", "2", "31", "4;31", "7", "7;32", "44", "1;44", "38;2;9;8;7;48;2;95;95;95", "9", "53;45", "@", "@1;31")


class Pair:
    """A terminal without the layer and one behind it, which must look the same."""

    def __init__(
        self, traits: Traits = EVERYTHING, width: int = WIDTH, height: int = HEIGHT, kind: type[Terminal] = Terminal
    ) -> None:
        self.size = (width, height)
        self.wire = Wire(lambda: self.size, traits)
        self.bare = kind(width, height)
        self.behind = kind(width, height, in_colour=traits.erases_in_colour, fills=traits.fills_in_colour)
        self.feed("\x1b[?1049h\x1b[?7l")

    def feed(self, data: str) -> str:
        sent = self.wire.feed(data)
        self.bare.feed(data)
        self.behind.feed(sent)
        assert self.behind.seen() == self.bare.seen()
        if not (self.bare.cursor.hidden and self.bare.place == (0, 0)):
            assert self.behind.place == self.bare.place
        return sent

    def resize(self, width: int, height: int) -> None:
        self.size = (width, height)
        self.bare.resize(height, width)
        self.behind.resize(height, width)


def styled(text: str, sgr: str = "") -> str:
    """A text as Textual writes it; a style that begins with @ is linked."""
    if sgr.startswith("@"):
        return f"\x1b]8;id=7;http://a.b/c\x1b\\{styled(text, sgr[1:])}\x1b]8;;\x1b\\"
    return f"\x1b[{sgr}m{text}\x1b[0m" if sgr else text


def at(y: int, x: int, *parts: str) -> str:
    return f"\x1b[{y + 1};{x + 1}H" + "".join(parts)


HOME = "\x1b[1;1H"
CLOSED = "\x1b]8;;\x1b\\"

texts = some.text(some.sampled_from("aab   e.中文🎉─é"), min_size=1, max_size=WIDTH)
pieces = some.builds(styled, texts, some.sampled_from(STYLES))


@some.composite
def chops(draw: some.DrawFn) -> str:
    """A stretch of a line as Textual writes it: never past the edge."""
    from rich.cells import set_cell_size

    y, x = draw(some.integers(0, HEIGHT - 1)), draw(some.integers(0, WIDTH - 1))
    room, parts = WIDTH - x, []
    for text, style in draw(some.lists(some.tuples(texts, some.sampled_from(STYLES)), min_size=1, max_size=4)):
        part = set_cell_size(text, min(room, len(text)))
        room -= min(room, len(text))
        parts.append(styled(part, style))
    if draw(some.booleans()):
        parts.append(styled(" " * room, draw(some.sampled_from(STYLES))))
    return at(y, x, *parts)


@some.composite
def scrolls(draw: some.DrawFn) -> str:
    """A list that shows other lines of itself, on some ground."""
    ground = draw(some.sampled_from(["", "44"]))
    top, first = draw(some.integers(0, 1)), draw(some.integers(4, 10))
    cursor = draw(some.integers(0, 4))
    lines = (f" {first + n:03} {chr(97 + first + n) * (first + n)}"[:WIDTH].ljust(WIDTH) for n in range(6))
    return "\n".join(at(top + n, 0, styled(line, "7" if n == cursor else ground)) for n, line in enumerate(lines))


frames = some.builds(
    lambda chops, cursor: "".join(chops) + at(*cursor),
    some.lists(chops(), max_size=6) | some.lists(scrolls(), max_size=1),
    some.tuples(some.integers(0, HEIGHT - 1), some.integers(0, WIDTH - 1)),
)
others = some.sampled_from(["\x07", "\x1b]52;c;YQ==\x07", "\x1b[?1000h", "\x1b[?25l", "\x1b[?25h"])


@settings(max_examples=300, deadline=None)
@given(
    some.lists(frames | others, max_size=8),
    some.sampled_from(SORTS),
)
def test_the_screen_is_the_same_cell_for_cell(written: list[str], traits: Traits) -> None:
    pair = Pair(traits)
    for data in written:
        pair.feed(data)


@settings(max_examples=100, deadline=None)
@given(some.lists(frames, min_size=1, max_size=5))
@example(["\x1b[1;1Ha\x1b[1;10Haa🎉\x1b[1;15H\x1b[1ma\x1b[0m\x1b[1;1H"])
@example(["\x1b[1;1Ha\x1b[1;10Ha\x1b[1ma🎉\x1b[0m\x1b[1;15H\x1b[1ma\x1b[0m\x1b[1;1H"])
def test_a_frame_sent_again_costs_nothing(written: list[str]) -> None:
    pair = Pair()
    for data in written:
        pair.feed(data)
    assert pair.feed(written[-1][written[-1].rindex("\x1b") :]) == ""
    last = pair.feed(written[-1])
    assert pair.feed(written[-1]) == "" or last  # drawn twice in one frame, the same cells may change back and forth


@settings(max_examples=150, deadline=None)
@given(some.lists(frames, min_size=2, max_size=4), some.sampled_from(SORTS))
def test_the_screen_is_the_same_when_frames_come_back(written: list[str], traits: Traits) -> None:
    pair = Pair(traits)
    for data in written * 3:
        pair.feed(data)


@settings(max_examples=100, deadline=None)
@given(some.lists(frames, min_size=1, max_size=4), some.integers(8, 20), some.integers(4, 10))
def test_after_a_resize_all_that_is_drawn_is_sent(written: list[str], width: int, height: int) -> None:
    pair = Pair()
    pair.feed(written[0])
    pair.resize(width, height)
    blank = "\n".join(at(y, 0, styled("z" * width, "44")) for y in range(height))
    assert pair.feed(blank + HOME).count("z") == width * height


# ------------------------------------------------------------------------------------------------ the bytes, by equality


def test_an_equal_frame_is_not_sent() -> None:
    pair = Pair()
    frame = at(0, 0, styled("one", "31")) + at(1, 0, "two") + HOME
    assert pair.feed(frame)
    assert pair.feed(frame) == ""


def test_equal_frames_differently_cut_are_not_sent() -> None:
    pair = Pair()
    pair.feed(at(0, 0, styled("one", "31"), styled("two", "31")) + HOME)
    assert pair.feed(at(0, 3, styled("two", "31")) + at(0, 0, styled("o", "31")) + HOME) == ""


def test_only_the_changed_cells_are_sent() -> None:
    pair = Pair()
    pair.feed(at(2, 0, "one two three") + HOME)
    assert pair.feed(at(2, 0, "one twa three") + HOME) == "\x1b[3;7Ha\x1b[H"


def test_short_gaps_are_written_long_ones_stepped_over() -> None:
    pair = Pair()
    pair.feed(at(0, 0, "abcdefghijklmnop") + HOME)
    assert pair.feed(at(0, 0, "AbcDefghijklmnOp") + HOME) == "AbcD\x1b[10CO\r"


def test_a_blank_tail_is_erased() -> None:
    pair = Pair()
    pair.feed(at(0, 0, "some longer text") + HOME)
    assert pair.feed(at(0, 0, "some".ljust(WIDTH)) + HOME) == "\x1b[5C\x1b[K\r"


def test_a_coloured_tail_is_erased_only_where_erasing_colours() -> None:
    before, after = at(0, 0, styled("some longer text", "44")) + HOME, at(0, 0, styled("some".ljust(WIDTH), "44")) + HOME
    pair = Pair(EVERYTHING)
    pair.feed(before)
    assert pair.feed(after) == "\x1b[5C\x1b[K\r"
    pair = Pair(CAREFUL)
    pair.feed(before)
    assert pair.feed(after) == "\x1b[5C" + " " * 6 + " " + " " * 4 + "\x1b[H"


@pytest.mark.parametrize("style", ["7", "4", "9", "53", "31;7"])
def test_a_tail_that_erasing_would_not_leave_is_written(style: str) -> None:
    pair = Pair()
    pair.feed(at(0, 0, "some longer text") + HOME)
    sent = pair.feed(at(0, 0, styled("some".ljust(WIDTH), style)) + HOME)
    assert "\x1b[K" not in sent


def test_an_underlined_pen_does_not_erase() -> None:
    pair = Pair()
    pair.feed(at(0, 0, "some longer text") + HOME)
    assert pair.feed(at(0, 0, styled("SOME", "4"), " " * 12) + HOME) == "\x1b[4mSOME\x1b[m\x1b[K\r"


def test_words_in_one_colour_are_not_interrupted_by_their_blanks() -> None:
    pair = Pair()
    sent = pair.feed(at(0, 0, styled("a", "31"), " ", styled("b", "31"), " ", styled("c", "32")) + HOME)
    assert sent == "\x1b[H\x1b[0;31ma b \x1b[32mc\r"


def test_lines_that_moved_are_not_sent_again() -> None:
    def listed(first: int) -> str:
        rows = [f"{n} {chr(87 + n) * (n - 2)}".ljust(WIDTH) for n in range(first, first + 6)]
        return "\n".join(at(1 + y, 0, row) for y, row in enumerate(rows)) + HOME

    pair = Pair()
    pair.feed(at(0, 0, "title") + listed(10) + at(7, 0, "foot") + HOME)
    up = pair.feed(listed(11))
    assert up == "\x1b[2;7r\x1b[2H\x1b[M\x1b[r\x1b[7H16 ggggggggggggg\x1b[H"
    down = pair.feed(listed(10))
    assert down == "\x1b[2;7r\x1b[2H\x1b[L\x1b[r\x1b[2H10 aaaaaaaa\x1b[H"


@pytest.mark.parametrize("fills", [True, False])
def test_lines_that_come_in_have_the_ground_of_the_list(fills: bool) -> None:
    pair = Pair(EVERYTHING._replace(fills_in_colour=fills))
    for first in (10, 11, 9):
        rows = (styled(f"{n} {chr(86 + n) * (n - 2)}".ljust(WIDTH), "44") for n in range(first, first + 6))
        sent = pair.feed("\n".join(at(1 + y, 0, row) for y, row in enumerate(rows)) + HOME)
    assert "\x1b[2L" in sent


def test_lines_are_not_moved_where_the_terminal_is_not_known_to() -> None:
    pair = Pair(CAREFUL)
    for first in (10, 11):
        rows = [f"{n} {chr(87 + n) * (n - 2)}".ljust(WIDTH) for n in range(first, first + 6)]
        sent = pair.feed("\n".join(at(1 + y, 0, row) for y, row in enumerate(rows)) + HOME)
    assert "r" not in sent


def test_a_row_that_is_not_known_does_not_move() -> None:
    pair = Pair()
    lines = [f"{n} {chr(97 + n) * (n + 8)}".ljust(WIDTH) for n in range(8)]
    pair.feed("".join(at(y, 0, line) for y, line in enumerate(lines[:5])))
    pair.wire.forget()
    pair.feed("".join(at(y, 0, line) for y, line in enumerate(lines[:5]) if y != 2))
    assert "r" not in pair.feed("".join(at(y, 0, line) for y, line in enumerate(lines[1:6])))


def test_the_cursor_goes_where_it_is_asked_to_even_in_an_equal_frame() -> None:
    pair = Pair()
    pair.feed(at(0, 0, "abc") + at(3, 4))
    assert pair.feed(at(0, 0, "abc") + at(3, 5)) == "\x1b[C"
    assert pair.feed(at(0, 0, "abc") + at(3, 5)) == ""


# ------------------------------------------------------------------------------------------------------- what needs care


def test_a_hidden_cursor_stays_where_it_is_until_it_is_wanted() -> None:
    pair = Pair()
    pair.feed(at(2, 3, "x") + at(2, 4))
    pair.feed("\x1b[?25l")
    assert pair.feed(HOME) == ""
    assert pair.feed(at(4, 4)) == "\x1b[2B"
    assert pair.feed(HOME) == ""
    assert pair.feed("\x1b[?25h") == "\x1b[H\x1b[?25h"


def test_the_cursor_of_a_frame_for_a_larger_screen_is_at_the_edge() -> None:
    """The app hears of a smaller screen after the terminal has it, and of some sizes in between never."""
    pair = Pair()
    pair.resize(10, 4)
    pair.feed(at(1, 2, "x") + at(7, 2))
    pair.feed(at(1, 2, "y") + at(7, 2))
    pair.feed(at(0, 0, "z") + at(3, 3))


def test_blanks_between_words_are_erased_at_once() -> None:
    wire = Wire(lambda: (40, 2), EVERYTHING)
    wire.feed(at(0, 0, "x" * 40) + HOME)
    assert wire.feed(at(0, 0, "one".ljust(20), "two".ljust(16)) + HOME) == "\x1b[36Xone\x1b[17Ctwo\r"
    assert wire.feed(at(1, 0, "one".ljust(20), "two".ljust(20)) + HOME) == "\x1bD\x1b[Kone\x1b[17Ctwo\x1b[H"


def test_what_one_costly_pen_draws_is_written_before_the_pen_is_changed() -> None:
    red, blue = "38;2;200;10;10", "38;2;10;10;200"
    wire = Wire(lambda: (16, 3), EVERYTHING)
    wire.feed(at(0, 0, "\n".join([" " * 16] * 3)) + HOME)
    sent = wire.feed("\n".join(at(y, 0, styled("aa", red), styled("bb", blue), " " * 12) for y in range(2)) + HOME)
    assert sent == f"\x1b[{red}maa\x1bD\raa\x1b[{blue}mbb\x1bM\b\bbb\r"


def test_a_cursor_that_goes_through_a_list_changes_the_ground_once() -> None:
    text, dim, blue = "38;2;200;200;201", "38;2;90;90;91", "38;2;10;10;200"
    ground, bar = ";48;2;1;2;3", ";48;2;40;50;60"

    def row(y: int, cursor: int) -> str:
        if y == cursor:
            return styled(f"> {y} * t{y}".ljust(12), text + bar) + styled(f"@d{y}", dim + ground)
        parts = ((f"  {y} ", dim), ("* ", blue), (f"t{y}".ljust(6), text), (f"@d{y}", dim))
        return "".join(styled(part, ink + ground) for part, ink in parts)

    def listed(cursor: int) -> str:
        beside = styled(f"t{cursor}", text + ground) + styled(f" {cursor}", blue + ground)
        return "".join(at(y, 0, row(y, cursor)) for y in range(5)) + at(6, 0, beside) + HOME

    pair = Pair()
    pair.feed(listed(0))
    assert [pair.feed(listed(cursor)).count("48;2;") for cursor in (1, 2, 3, 4, 3, 2, 1)] == [1] * 7


def test_after_the_last_column_the_cursor_is_placed_anew() -> None:
    pair = Pair()
    sent = pair.feed(at(0, 0, "x" * WIDTH) + at(1, 0, "y" * WIDTH) + at(HEIGHT - 1, 0, "z" * WIDTH) + at(0, WIDTH - 1))
    assert sent == f"\x1b[H\x1b[m{'x' * WIDTH}\x1b[2H{'y' * WIDTH}\x1b[8H{'z' * WIDTH}\x1b[1;16H"


def test_half_a_wide_character_takes_the_other_half_along() -> None:
    pair = Pair()
    pair.feed(at(0, 0, "中文中文") + HOME)
    pair.feed(at(0, 1, "x") + HOME)
    pair.feed(at(0, 4, "ab中") + HOME)
    pair.feed(at(0, 3, "文") + HOME)
    pair.feed(at(0, 0, "plain text") + HOME)


def test_a_wide_character_in_the_last_column_becomes_a_blank() -> None:
    wire = Wire(lambda: (4, 1), EVERYTHING)
    assert wire.feed("\x1b[1;1Habc中") == "\x1b[H\x1b[mabc \x1b[1;4H"


@pytest.mark.parametrize("text", ["⚠\ufe0f", "👩\u200d💻", "👍\U0001f3fd", "🫠"])
def test_behind_a_character_of_uncertain_width_the_cursor_is_placed_anew(text: str) -> None:
    wire = Wire(lambda: (20, 2), EVERYTHING)
    sent = wire.feed(at(0, 0, text + "|" + "x") + HOME)
    before, anew, _ = sent.partition(f"{text}\x1b[1;")
    assert anew, sent
    assert before == "\x1b[H\x1b[m  \x1b[H"  # neither cell keeps what was there, whichever it fills


def test_what_follows_an_uncertain_character_is_written_again_with_it() -> None:
    wire = Wire(lambda: (20, 2), EVERYTHING)
    wire.feed(at(0, 0, "a🫠|b") + HOME)
    assert wire.feed(at(0, 0, "ax |b") + HOME) == "\x1b[Cx |\r"


def test_letters_of_a_flag_are_sent_as_one() -> None:
    wire = Wire(lambda: (20, 2), EVERYTHING)
    assert "🇩🇪\x1b[1;4H" in wire.feed(at(0, 1, "🇩🇪🇫🇷 ok") + HOME)


@pytest.mark.parametrize("kind", [Terminal, Narrow])
@pytest.mark.parametrize("text", ["👍\U0001f3fd", "🇩🇪", "👩\u200d💻", "⚠\ufe0f", "🫠"])
def test_what_stands_behind_a_character_of_uncertain_width_is_seen_however_wide_that_is(
    kind: type[Terminal], text: str
) -> None:
    wire, terminal = Wire(lambda: (20, 2), EVERYTHING), kind(20, 2)
    for before in ("ab", text, "ab", text):
        terminal.feed(wire.feed(at(0, 0, before, "cdefgh".ljust(18)) + HOME))
        assert "".join(cell.data for cell in terminal.seen()[0][2:]).rstrip() == "cdefgh"


def test_combining_marks_stay_with_their_character() -> None:
    pair = Pair()
    pair.feed(at(0, 0, "cafe\u0301 au lait") + HOME)
    assert pair.feed(at(0, 0, "cafe\u0301 du lait") + HOME) == "\x1b[5Cd\r"
    assert pair.feed(at(0, 0, "cafe du lait") + HOME) == "\x1b[3Ce \r"


def test_a_mark_that_goes_to_a_blank_is_drawn_anew_in_another_pen() -> None:
    pair = Pair(kind=Agreeing)
    for sgr in ("31", "32"):
        pair.feed(at(0, 0, styled(" ", sgr), "\u0301accent") + HOME)


def test_links_are_drawn_and_closed_before_anything_else_is() -> None:
    pair = Pair()
    link = f"\x1b]8;id=3;https://example.org/a\x1b\\here{CLOSED}"
    sent = pair.feed(at(0, 0, "see ", link, " or not") + HOME)
    assert sent == f"\x1b[H\x1b[msee \x1b[4C or not\x1b[11D{link.removesuffix(CLOSED)}\r"
    assert pair.feed(at(0, 0, "see ", link, " or not") + HOME) == ""
    assert pair.feed(at(0, 0, "see here") + HOME) == f"\x1b[4C{CLOSED}here\r"


def test_updates_are_held_together_only_where_the_terminal_can() -> None:
    wire = Wire(lambda: (80, 24), EVERYTHING)
    long = "".join(at(y, 0, "x" * 80) for y in range(24))
    assert "2026" not in wire.feed(long)
    wire = Wire(lambda: (80, 24), EVERYTHING)
    assert wire.feed("\x1b[?2026h") == ""
    sent = wire.feed(long)
    assert wire.feed("\x1b[?2026l") == ""
    assert sent.startswith("\x1b[?2026h")
    assert sent.endswith("\x1b[?2026l")
    assert wire.feed("\x1b[?2026h") + wire.feed(at(0, 0, "y")) + wire.feed("\x1b[?2026l") == "\x1b[Hy"


@pytest.mark.parametrize(
    "sequence",
    [
        "\x07", "\x1b]52;c;YWJj\x07", "\x1b]0;title\x1b\\", "\x1b]22;text\x07", "\x1b[?1000h", "\x1b[?1003l", "\x1b[?2004h",
        "\x1b[?25h", "\x1b[?7l", "\x1b[>25u", "\x1b[<u", "\x1b[?2048$p", "\x1b[?2026$p", "\x1b[6n", "\x1b[c", "\x1b[>0q",
        "\x1b[2 q", "\x1b[22;0t", "\x1b=",
    ],
)  # fmt: skip
def test_what_does_not_draw_passes_untouched_and_changes_nothing(sequence: str) -> None:
    pair = Pair()
    frame = at(0, 0, styled("one", "31")) + HOME
    pair.feed(frame)
    assert pair.wire.feed(sequence) == sequence
    assert pair.feed(frame) == ""


@pytest.mark.parametrize(
    "sequence", ["\x1b[?1049h", "\x1b[2J", "\x1bc", "\x1b[5S", "\x1bPq#0\x1b\\", "\x1b_Ga=T;AA\x1b\\", "\x1b[?3h"]
)
def test_what_may_change_the_screen_passes_and_all_is_forgotten(sequence: str) -> None:
    wire = Wire(lambda: (20, 2), EVERYTHING)
    frame = at(0, 0, "one") + HOME
    wire.feed(frame)
    assert wire.feed(sequence) == sequence
    assert wire.feed(frame) == "\x1b[H\x1b[mone\r"


def test_what_may_change_the_screen_meets_the_pen_it_would_have_met() -> None:
    wire = Wire(lambda: (20, 2), EVERYTHING)
    wire.feed(at(0, 0, styled("one", "41")) + HOME)
    assert wire.feed("\x1b[?1049l") == "\x1b[m\x1b[?1049l"


def test_order_is_kept_within_one_write() -> None:
    wire = Wire(lambda: (20, 2), EVERYTHING)
    assert wire.feed(at(0, 0, "a") + "\x07" + at(0, 1, "b")) == "\x1b[H\x1b[ma\x07b"


def test_text_at_an_unknown_place_passes_as_it_is() -> None:
    wire = Wire(lambda: (20, 2), EVERYTHING)
    wire.feed(at(0, 0, "one"))
    assert wire.feed("\x1b[10G\x1b[31mraw\x1b[0m") == "\x1b[10G\x1b[31mraw\x1b[0m"
    assert wire.feed(at(0, 0, "one")) == "\x1b[H\x1b[mone"


def test_a_broken_sequence_is_passed_on() -> None:
    wire = Wire(lambda: (20, 2), EVERYTHING)
    assert wire.feed("\x1b[38;2") == "\x1b[38;2"


@settings(max_examples=200, deadline=None)
@given(some.text(some.sampled_from("\x1b[]8;;?1049hlHmPX^_\\\x07\n\r\t ab中\x9b0"), max_size=40))
@example("\x1b]8;;\x1b")
def test_nothing_written_breaks_the_layer(data: str) -> None:
    wire = Wire(lambda: (20, 2), EVERYTHING)
    wire.feed(data)
    assert "ok" in wire.feed("\x1b[2J" + at(0, 0, "ok"))
