"""Every built-in theme against the contract, and how themes are found, read and judged."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from itertools import combinations
from pathlib import Path

import pytest
from contract_themes import ThemeContract
from hypothesis import given
from hypothesis import strategies as st

import themes
from store.model import KINDS
from store.parts import HEALTHS
from themes import Style, Theme, ThemeError
from themes.checking import APART, check
from themes.colour import ANSI, TERMINALS, contrast
from themes.fewer import COLOURS
from themes.finding import FALLBACKS, PROMISES
from themes.theme import GROUPS, STAGES
from themes.vision import DEFICIENCIES, difference
from tui.perspectives._columns import GLYPHS, HEALTH_TOKENS


class TestBuiltIn(ThemeContract):
    @pytest.fixture(params=themes.names())
    def theme(self, request: pytest.FixtureRequest) -> Theme:
        return themes.load(request.param)


def with_tokens(theme: Theme, **tokens: str) -> Theme:
    return theme._replace(tokens={**theme.tokens, **{name: Style.parse(text) for name, text in tokens.items()}})


def own(folder: Path, name: str, text: str) -> tuple[str, ...]:
    (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return (str(folder),)


def test_there_are_ten_worth_choosing_and_two_loved_elsewhere() -> None:
    loaded = [themes.load(name) for name in themes.names()]
    for promise in PROMISES:
        assert {theme.suits for theme in loaded if promise in theme.promises} == {"dark", "light"}, promise
    assert {theme.suits for theme in loaded if theme.depth == "ansi"} == {"dark", "light", "either"}
    assert [theme.name for theme in loaded if theme.credit] == ["catppuccin", "gruvbox"]
    assert set(FALLBACKS) <= set(themes.names())


# ---------------------------------------------------------------------------------------------- told without colour


def test_no_state_is_told_by_colour_alone() -> None:
    """Where only the glyph is shown, no two states of a kind are told apart by colour; the word is the state itself."""
    for kind in KINDS:
        glyphs, looks = ({GLYPHS[state][:size] for state in kind.states} for size in (1, 2))
        assert len(glyphs) == len(looks), kind.noun


def test_every_health_is_told_by_its_word() -> None:
    assert tuple(HEALTH_TOKENS) == HEALTHS
    assert len(set(HEALTH_TOKENS.values())) == len(HEALTHS)


# ------------------------------------------------------------------------------------------------ colours and styles


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.478, abs=0.001)
    assert contrast("#abcdef", "#abcdef") == 1


def test_the_simulation_is_that_of_its_authors() -> None:
    """Each row of a matrix sums to one, so greys stay as they are; red and green fall together for deuteranopes."""
    for name, matrix in DEFICIENCIES.items():
        assert [sum(row) for row in matrix] == pytest.approx([1, 1, 1], abs=1e-5)
        assert difference("#808080", "#808080", name) == 0
    assert difference("#b04a3a", "#5d7032") > 0.15
    assert difference("#b04a3a", "#5d7032", "deuteranopia") < 0.05
    assert difference("#000000", "#ffffff") == pytest.approx(1, abs=1e-3)


def test_what_the_house_theme_cannot_do_the_safe_one_does() -> None:
    """The test of the test: the simulation finds the tones of a theme that promises nothing too close."""

    def closest(name: str) -> float:
        theme = themes.load(name)
        inks = [[str(theme.drawn(token).foreground) for token in group] for group in GROUPS]
        pairs = [pair for group in inks for pair in combinations(group, 2)]
        return min(difference(one, other, deficiency) for one, other in pairs for deficiency in DEFICIENCIES)

    assert closest("dark") < 0.03
    assert closest("safe-dark") > APART
    assert closest("safe-light") > APART


def test_reference_terminals_have_sixteen_colours() -> None:
    assert {len(terminal.colours) for terminal in TERMINALS.values()} == {len(ANSI)} == {16}


colours = st.none() | st.sampled_from(ANSI) | st.from_regex("#[0-9a-f]{6}", fullmatch=True)
all_styles = st.builds(Style, colours, colours, st.frozensets(st.sampled_from(themes.ATTRIBUTES)))


@given(all_styles)
def test_a_style_reads_back_what_it_writes(style: Style) -> None:
    assert Style.parse(str(style)) == style


@pytest.mark.parametrize(
    ("text", "style"),
    [
        ("", Style()),
        ("bold", Style(attributes=frozenset({"bold"}))),
        ("on #102030", Style(background="#102030")),
        ("reverse red on default bold", Style("red", "default bold", frozenset({"reverse"}))),
        ("dim bold #102030 on cyan", Style("#102030", "cyan", frozenset({"dim", "bold"}))),
    ],
)
def test_styles_are_written_as_words(text: str, style: Style) -> None:
    assert Style.parse(text) == style


# --------------------------------------------------------------------------------------- tokens on the ground of others


def test_a_tinted_row_has_one_ink_and_what_its_parts_have_beside_theirs_but_dim() -> None:
    theme = with_tokens(themes.load("dark"), cursor="bold on #24394c", good="dim underline #8cc98f")
    assert str(theme.drawn("good", "cursor")) == "bold underline #d7d7d7 on #24394c"
    assert str(theme.drawn("text", "cursor")) == "bold #d7d7d7 on #24394c"


@pytest.mark.parametrize("name", ["dark", "light"])
def test_what_a_cursor_that_moves_changes_is_drawn_in_colours_that_have_a_number(name: str) -> None:
    theme = themes.load(name)
    assert {theme.tokens[token].foreground for token in ("text", "title", "dim", "field", *STAGES, "bad", "warn")} - {
        *COLOURS,
        "#3d6647",  # nothing near it is as legible, and unlike the other states
    } == set()


def test_a_reversed_row_outweighs_the_colours_of_its_parts() -> None:
    theme = with_tokens(themes.load("ansi"), cursor="reverse", bad="bold bright_red", dim="dim")
    assert str(theme.drawn("bad", "cursor")) == "bold reverse"
    assert str(theme.drawn("dim", "cursor")) == "reverse"


def test_a_row_with_a_colour_of_its_own_outweighs_those_of_its_parts() -> None:
    theme = with_tokens(themes.load("ansi"), linked="black on cyan", bad="bold bright_red")
    assert str(theme.drawn("bad", "linked")) == "bold black on cyan"


def test_a_key_stands_on_the_bar_and_typed_text_in_its_field() -> None:
    theme = themes.load("dark")
    assert theme.drawn("key").background == theme.tokens["bar"].background
    assert theme.drawn("input").background == theme.tokens["input_background"].background


# ------------------------------------------------------------------------------------------------ what is found wrong


@pytest.mark.parametrize(
    ("base", "tokens", "problem"),
    [
        ("dark", {"dim": "#5f6975"}, "Contrast 3.2 below 4.5 of dim on its background."),
        ("dark", {"faint": "#2a3038"}, "Contrast 1.3 below 3.0 of faint on its background."),
        ("contrast-dark", {"dim": "#949494"}, "Contrast 6.9 below 7.0 of dim on its background."),
        ("contrast-dark", {"faint": "#6c6c6c"}, "Contrast 3.9 below 4.5 of faint on its background."),
        (
            "ansi-light",
            {"warn": "bright_magenta"},
            "Contrast 3.6 below 4.3 of warn on its background in GNOME Terminal, light.",
        ),
        ("safe-dark", {"bad": "#f1d862"}, "Under deuteranopia warn and bad look alike: 0.0 apart, less than 0.1."),
        ("dark", {"text": "#13171c on #d3d9e0"}, "It says that it is dark, but its text is darker than its ground."),
        ("dark", {"good": "#7a8490"}, "Contrast 3.8 below 4.5 of good on input_background."),
        ("ansi", {"warn": "blue"}, "Contrast 1.5 below 2.9 of warn on its background in the Linux console."),
        ("ansi", {"warn": "yellow"}, "Contrast 2.6 below 2.9 of warn on its background in Windows Terminal, light."),
        (
            "dark",
            {"dim": "#abcd"},
            "dim: '#abcd' is not a colour; write #rrggbb, or one of the sixteen names, such as bright_blue.",
        ),
        ("dark", {"dim": "red"}, "dim: red has another shade on every terminal; a truecolor theme writes #rrggbb."),
        ("ansi", {"dim": "#aabbcc"}, "dim: #aabbcc is not one of the sixteen colours that an ansi theme may use."),
        ("mono", {"dim": "red"}, "dim: a mono theme has no colours, so not red either."),
        (
            "dark",
            {"text": "#ffffff"},
            "text must name a colour and, after “on”, a background: everything else stands on it.",
        ),
    ],
)
def test_check_says_what_is_wrong(base: str, tokens: dict[str, str], problem: str) -> None:
    assert problem in check(with_tokens(themes.load(base), **tokens))


def test_check_names_missing_and_unknown_tokens() -> None:
    theme = themes.load("dark")
    tokens = {name: style for name, style in theme.tokens.items() if name != "dim"} | {"acent": Style("#ffffff")}
    missing, unknown = check(theme._replace(tokens=tokens))
    assert missing == 'dim is missing. With inherits = "dark" on top, what is left out comes from there.'
    assert unknown == "There is no token called 'acent'. Did you mean accent?"


def test_dim_is_no_colour_of_a_truecolor_theme() -> None:
    (problem,) = check(with_tokens(themes.load("light"), tab="dim #59616c"))
    assert problem.startswith("tab: a truecolor theme names a quieter colour instead of dim")


# ----------------------------------------------------------------------------------------------- finding and reading


def test_an_unknown_theme_leads_to_the_nearest_or_to_all() -> None:
    with pytest.raises(ThemeError) as caught:
        themes.load("drak")
    assert str(caught.value) == "There is no theme called 'drak'. Did you mean dark?"
    with pytest.raises(ThemeError) as caught:
        themes.load("xyz")
    assert str(caught.value) == f"There is no theme called 'xyz'. There are {', '.join(themes.names())}."


@pytest.mark.parametrize("name", ["../dark", "/dark", "dark.toml", "", "\x1b[31m"])
def test_a_name_is_never_a_path(name: str) -> None:
    with pytest.raises(ThemeError) as caught:
        themes.load(name)
    assert str(caught.value).isprintable()


def test_ones_own_theme_is_three_lines(tmp_path: Path) -> None:
    folders = own(tmp_path, "mine", 'inherits = "light"\n[tokens]\naccent = "#7a1f5c"\n')
    theme, light = themes.load("mine", folders), themes.load("light")
    assert (theme.name, theme.title, theme.depth, theme.dark) == ("mine", "mine", "truecolor", False)
    assert (theme.description, theme.promises) == ("Light, changed", ())
    assert theme.tokens == {**light.tokens, "accent": Style("#7a1f5c")}
    assert set(themes.names(folders)) == {*themes.names(), "mine"}


def test_ones_own_theme_hides_a_built_in_one_and_may_inherit_from_it(tmp_path: Path) -> None:
    folders = own(tmp_path, "dark", 'inherits = "dark"\ntitle = "Darker"\n')
    assert themes.load("dark", folders).title == "Darker"
    assert themes.load("dark").title == "Dark"


def test_poor_contrast_is_reported_but_is_ones_own_business(tmp_path: Path) -> None:
    theme = themes.load("mine", own(tmp_path, "mine", 'inherits = "dark"\n[tokens]\ntab = "#3a4048"\n'))
    assert len(check(theme)) > 0


def test_ones_own_theme_inherits_from_another_own_one(tmp_path: Path) -> None:
    own(tmp_path, "base", 'inherits = "safe-light"\n[tokens]\naccent = "#7A1F5C"\n')
    folders = own(tmp_path, "mine", 'inherits = "base"\n[tokens]\nmark = "#ABC"\n')
    theme = themes.load("mine", folders)
    assert (theme.tokens["accent"], theme.tokens["mark"]) == (Style("#7a1f5c"), Style("#aabbcc"))
    assert theme.dark is False


@pytest.mark.parametrize("name", themes.names())
def test_no_state_is_underlined_for_the_line_would_go_on_under_the_blanks_of_its_column(name: str) -> None:
    tokens = themes.load(name).tokens
    assert [token for token in ("waiting", "doing", "done", "dropped") if "underline" in tokens[token].attributes] == []


def test_a_theme_may_leave_its_ground_to_the_terminal(tmp_path: Path) -> None:
    folders = own(tmp_path, "mine", 'inherits = "ansi"\n')
    assert themes.load("mine", folders).suits == "either"
    folders = own(tmp_path, "mine", 'inherits = "ansi"\ndark = false\n')
    assert themes.load("mine", folders).suits == "light"


FAULTS = {
    "[tokens": "it is not TOML: Expected ']'",
    'inherits = "dark"\nfont = "big"': "There is no key called 'font'.",
    'inherits = "dark"\ndark = "yes"': "dark must be true or false, not 'yes'.",
    'inherits = "dark"\ndepth = "anso"': "There is no depth called 'anso'. Did you mean ansi?",
    'inherits = "dark"\nfallback = "light"': "There is no fallback called 'light'.",
    'inherits = "dark"\npromises = ["AA"]': "There is no promise called 'AA'. Did you mean AAA?",
    'inherits = "drak"': "There is no theme called 'drak'. Did you mean dark?",
    'inherits = "mine"': "The theme mine inherits from itself: mine → mine.",
    'inherits = "dark"\n[tokens]\ndim = 7': "'dim' must be text in quotes, such as 'bold #d7dde5', not 7.",
    'inherits = "dark"\n[tokens]\ndim = "#77"': "dim: '#77' is not a colour; write #rrggbb,",
    'inherits = "dark"\naccent = "#aabbcc"': "accent is a token: it belongs below a line that says [tokens].",
    'inherits = "dark"\n[tokens]\ndim = "bolt #777777"': "dim: 'bolt #777777' is not a colour; write #rrggbb, or one of the "
    "sixteen names, such as bright_blue. Before it may stand bold, dim, italic, underline, reverse.",
    'inherits = "dark"\n[tokens]\nacent = "#aabbcc"': "There is no token called 'acent'. Did you mean accent?",
    '[tokens]\ntext = "#ffffff on #000000"': "dim, faint, title, tab and 22 more are missing. With inherits",
}  # fmt: skip


@pytest.mark.parametrize(("text", "fault"), FAULTS.items())
def test_a_theme_that_cannot_be_used_says_why_and_where(tmp_path: Path, text: str, fault: str) -> None:
    folders = own(tmp_path, "mine", text)
    with pytest.raises(ThemeError) as caught:
        themes.load("mine", folders)
    first, last = str(caught.value).split("\n")
    assert first.startswith(f"The theme mine cannot be used: {fault}")
    assert last == f"It is in {tmp_path / 'mine.toml'}."


def test_a_file_that_is_not_text_is_told_so_in_words(tmp_path: Path) -> None:
    Path(tmp_path, "mine.toml").write_bytes(b'title = "Caf\xe9"\n')
    with pytest.raises(ThemeError, match="it is not UTF-8 text: byte 13 of the file belongs to no letter"):
        themes.load("mine", [str(tmp_path)])


def test_themes_that_inherit_from_each_other_are_told_so(tmp_path: Path) -> None:
    own(tmp_path, "one", 'inherits = "two"\n')
    with pytest.raises(ThemeError, match="The theme one inherits from itself: one → two → one"):
        themes.load("one", own(tmp_path, "two", 'inherits = "one"\n'))


def test_every_fault_is_kept_for_who_asks(tmp_path: Path) -> None:
    folders = own(tmp_path, "mine", 'inherits = "dark"\n[tokens]\ndim = "grey"\nbad = "rde"\n')
    with pytest.raises(ThemeError) as caught:
        themes.load("mine", folders)
    assert "(1 more: many themes mine)" in str(caught.value)
    assert [fault.partition(" ")[0] for fault in caught.value.faults] == ["dim:", "bad:"]


@pytest.mark.parametrize("name", ["my theme", "\x1b[2J", "thème"])
def test_a_file_whose_name_is_no_word_is_refused(tmp_path: Path, name: str) -> None:
    folders = own(tmp_path, name, 'inherits = "dark"\n')
    with pytest.raises(ThemeError, match="letters of English") as caught:
        themes.load(name, folders)
    assert all(line.isprintable() for line in str(caught.value).split("\n"))


@given(st.text())
def test_any_text_is_a_theme_or_an_error_one_can_read(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "mine.toml").write_text(text, encoding="utf-8", errors="replace", newline="")
        with pytest.raises(ThemeError) as caught:  # no text that is found by chance has every token
            themes.load("mine", (folder,))
    assert len(str(caught.value).split("\n")) == 2
    assert str(caught.value).replace("\n", "").isprintable()


def test_a_folder_that_is_not_there_holds_no_themes(tmp_path: Path) -> None:
    assert themes.names((str(tmp_path / "absent"),)) == themes.names()


def test_listing_and_loading_need_no_terminal_library() -> None:
    code = (
        "import sys, themes; themes.load('dark')\nprint(*{'rich', 'textual', 'pydantic', 'store', 'tui'} & set(sys.modules))"
    )
    folder = Path(themes.__file__).parent.parent
    ran = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == ""
