"""Every built-in theme against the contract, and how themes are found, read and judged."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from contract_themes import ThemeContract
from hypothesis import given
from hypothesis import strategies as st

import themes
from themes import Style, Theme, ThemeError
from themes.colour import ANSI, TERMINALS, contrast


class TestBuiltIn(ThemeContract):
    @pytest.fixture(params=themes.names())
    def theme(self, request: pytest.FixtureRequest) -> Theme:
        return themes.load(request.param)


def with_tokens(theme: Theme, **tokens: str) -> Theme:
    return replace(theme, tokens={**theme.tokens, **{name: Style.parse(text) for name, text in tokens.items()}})


def own(folder: Path, name: str, text: str) -> tuple[str, ...]:
    (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return (str(folder),)


# ------------------------------------------------------------------------------------------------ colours and styles


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.478, abs=0.001)
    assert contrast("#abcdef", "#abcdef") == 1


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


def test_a_token_keeps_its_colour_on_a_tinted_row_and_loses_dim() -> None:
    theme = with_tokens(themes.load("dark"), cursor="bold on #24394c", good="dim underline #8cc98f")
    assert str(theme.drawn("good", "cursor")) == "bold underline #8cc98f on #24394c"
    assert str(theme.drawn("text", "cursor")) == "bold #d3d9e0 on #24394c"


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
        ("dark", {"good": "#7a8490"}, "Contrast 3.1 below 4.5 of good on cursor."),
        ("ansi", {"warn": "blue"}, "Contrast 1.5 below 2.9 of warn on its background in the Linux console."),
        ("ansi", {"warn": "yellow"}, "Contrast 2.6 below 2.9 of warn on its background in Windows Terminal, light."),
        (
            "dark",
            {"dim": "#abc"},
            "dim: '#abc' is not a colour; write #rrggbb in lower case, or one of the sixteen names.",
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
    assert problem in themes.check(with_tokens(themes.load(base), **tokens))


def test_check_names_missing_and_unknown_tokens() -> None:
    theme = themes.load("dark")
    tokens = {name: style for name, style in theme.tokens.items() if name != "dim"} | {"acent": Style("#ffffff")}
    missing, unknown = themes.check(replace(theme, tokens=tokens))
    assert missing == "dim is missing (ids and secondary text)."
    assert unknown.startswith("There is no token called 'acent'. Did you mean accent? Known: text, dim, ")


def test_dim_is_no_colour_of_a_truecolor_theme() -> None:
    (problem,) = themes.check(with_tokens(themes.load("light"), tab="dim #59616c"))
    assert problem.startswith("tab: a truecolor theme names a quieter colour instead of dim")


# ----------------------------------------------------------------------------------------------- finding and reading


def test_an_unknown_theme_names_the_known_ones_and_the_nearest() -> None:
    with pytest.raises(ThemeError) as caught:
        themes.load("drak")
    known = ", ".join(themes.names())
    assert str(caught.value) == f"There is no theme called 'drak'. Did you mean dark? Known: {known}."


@pytest.mark.parametrize("name", ["../dark", "/dark", "dark.toml", "", "\x1b[31m"])
def test_a_name_is_never_a_path(name: str) -> None:
    with pytest.raises(ThemeError) as caught:
        themes.load(name)
    assert str(caught.value).isprintable()


def test_ones_own_theme_extends_a_built_in_one(tmp_path: Path) -> None:
    folders = own(tmp_path, "mine", 'extends = "light"\n[tokens]\naccent = "#7a1f5c"\n')
    theme, light = themes.load("mine", folders), themes.load("light")
    assert (theme.name, theme.title, theme.depth, theme.dark) == ("mine", "mine", "truecolor", False)
    assert theme.tokens == {**light.tokens, "accent": Style("#7a1f5c")}
    assert set(themes.names(folders)) == {*themes.names(), "mine"}


def test_ones_own_theme_hides_a_built_in_one_and_may_extend_it(tmp_path: Path) -> None:
    folders = own(tmp_path, "dark", 'extends = "dark"\ntitle = "Darker"\n')
    assert themes.load("dark", folders).title == "Darker"
    assert themes.load("dark").title == "Dark"


def test_poor_contrast_is_reported_but_is_ones_own_business(tmp_path: Path) -> None:
    theme = themes.load("mine", own(tmp_path, "mine", 'extends = "dark"\n[tokens]\ntab = "#3a4048"\n'))
    assert len(themes.check(theme)) > 0


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("[tokens", "The theme mine cannot be read: "),
        ('extends = "dark"\nfont = "big"', "The theme mine cannot be used: There is no key called 'font'."),
        ('extends = "dark"\ndark = "yes"', "The theme mine cannot be used: dark must be true or false, not 'yes'."),
        ('extends = "dark"\ndepth = "anso"', "The theme mine cannot be used: There is no depth called 'anso'."),
        ('extends = "drak"', "The theme mine extends one that is not built in. There is no theme called 'drak'."),
        ('extends = "dark"\n[tokens]\ndim = 7', "The theme mine cannot be used: dim: '7' is not a colour;"),
        ("[tokens]\n", "The theme mine cannot be used: text is missing"),
    ],
)
def test_a_theme_that_cannot_be_used_says_why(tmp_path: Path, text: str, start: str) -> None:
    with pytest.raises(ThemeError) as caught:
        themes.load("mine", own(tmp_path, "mine", text))
    assert str(caught.value).startswith(start)


def test_a_folder_that_is_not_there_holds_no_themes(tmp_path: Path) -> None:
    assert themes.names((str(tmp_path / "absent"),)) == themes.names()


def test_listing_and_loading_need_no_terminal_library() -> None:
    code = (
        "import sys, themes; themes.load('dark')\nprint(*{'rich', 'textual', 'pydantic', 'store', 'tui'} & set(sys.modules))"
    )
    folder = Path(themes.__file__).parent.parent
    ran = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == ""
