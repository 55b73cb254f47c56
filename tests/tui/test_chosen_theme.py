"""The theme that was chosen in the app is there at the next start, and what a person wrote into the file stays."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.errors import ManyViewError
from store.place import theme_file
from tui import theming
from tui.chosen_theme import HEAD, _with, keep, kept
from tui.shell.surroundings import facts

HERE = {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
SSH = {**HERE, "SSH_CONNECTION": "10.0.0.1 1 10.0.0.2 22"}


@pytest.fixture
def here(tmp_path: Path) -> dict[str, str]:
    return {**HERE, "XDG_CONFIG_HOME": str(tmp_path)}


@pytest.fixture
def ssh(tmp_path: Path) -> dict[str, str]:
    return {**SSH, "XDG_CONFIG_HOME": str(tmp_path)}


def test_nothing_is_kept_at_first(here: dict[str, str], tmp_path: Path) -> None:
    assert (kept(here).name, kept(here).problem) == ("", "")
    keep(here, "")
    assert list(tmp_path.iterdir()) == []


def test_here_and_over_ssh_a_choice_each_is_kept(here: dict[str, str], ssh: dict[str, str]) -> None:
    keep(here, "gruvbox")
    assert (kept(here).name, kept(ssh).name) == ("gruvbox", "")
    keep(ssh, "ansi-dark")
    keep(here, "light")
    assert (kept(here).name, kept(ssh).name) == ("light", "ansi-dark")
    keep(here, "")
    assert (kept(here).name, kept(ssh).name) == ("", "ansi-dark")
    assert Path(theme_file(here)).read_text(encoding="utf-8") == HEAD + 'remote = "ansi-dark"\n'


WRITTEN = """# evenings are dark
local   = 'dark'  # by Anna
[mine]
local = "not a choice"
"""


def test_what_a_person_wrote_beside_it_stays(here: dict[str, str], ssh: dict[str, str]) -> None:
    path = Path(theme_file(here))
    path.parent.mkdir()
    path.write_text(WRITTEN, encoding="utf-8")
    keep(here, "gruvbox")
    assert path.read_text(encoding="utf-8") == WRITTEN.replace("'dark'", '"gruvbox"')
    keep(ssh, "ansi")
    assert path.read_text(encoding="utf-8") == 'remote = "ansi"\n' + WRITTEN.replace("'dark'", '"gruvbox"')


def test_a_link_to_the_file_stays_a_link(here: dict[str, str], tmp_path: Path) -> None:
    path = Path(theme_file(here))
    path.parent.mkdir()
    path.symlink_to(tmp_path / "dotfiles.toml")
    keep(here, "light")
    assert path.is_symlink() and "light" in (tmp_path / "dotfiles.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("local = \n", "is not TOML"),
        ("local = 3\n", "must be the name of a theme in quotes"),
        (b'local = "\xff"\n', "is not UTF-8"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_and_not_written_over(
    here: dict[str, str], written: str | bytes, said: str
) -> None:
    path = Path(theme_file(here))
    path.parent.mkdir()
    path.write_bytes(written if isinstance(written, bytes) else written.encode())
    before = path.read_bytes()
    assert (kept(here).name, said in kept(here).problem) == ("", True)
    with pytest.raises(ManyViewError):
        keep(here, "dark")
    assert path.read_bytes() == before


def test_a_folder_that_cannot_be_written_is_told(here: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "manyview").write_text("in the way", encoding="utf-8")
    with pytest.raises(ManyViewError, match=r"theme\.toml cannot be"):
        keep(here, "dark")


plain = st.sampled_from(["", "# a comment", "remote = 'a' # b", 'other = "x"', "  local= 'c'", "n = 1"])


@given(st.lists(plain, unique=True, max_size=6), st.sampled_from(["local", "remote"]), st.sampled_from(["", "gruvbox"]))
def test_one_choice_changes_and_nothing_else(lines: list[str], where: str, name: str) -> None:
    text = "".join(line + "\n" for line in lines)
    before, after = tomllib.loads(text), tomllib.loads(_with(text, where, name))
    assert after == {**{key: held for key, held in before.items() if key != where}, **({where: name} if name else {})}
    assert [line for line in _with(text, where, name).splitlines() if line.startswith("#") and line + "\n" != HEAD] == [
        line for line in text.splitlines() if line.startswith("#")
    ]


# ------------------------------------------------------------------------------------------------------- what goes before


@pytest.mark.parametrize(
    ("environ", "asked", "kept", "name"),
    [
        (HERE, None, "gruvbox", "gruvbox"),
        (HERE, None, "", "dark"),
        (HERE, "light", "gruvbox", "light"),
        ({**HERE, "MANYVIEW_THEME": "light"}, None, "gruvbox", "light"),
        ({**HERE, "MANYVIEW_THEME": "light"}, "contrast-dark", "gruvbox", "contrast-dark"),
        (SSH, None, "", "ansi"),
        (SSH, None, "gruvbox", "gruvbox"),
        ({**SSH, "NO_COLOR": "1"}, None, "gruvbox", "mono"),
    ],
)
def test_what_is_asked_for_goes_before_what_is_kept(
    environ: dict[str, str], asked: str | None, kept: str, name: str
) -> None:
    picked = theming.pick(environ, asked, kept=kept)
    assert (picked.theme.name, picked.problem) == (name, "")


def test_a_kept_theme_that_is_gone_gives_way_and_is_told_of() -> None:
    theme, problem = theming.pick(SSH, kept="gone")
    assert theme.name == "ansi"
    assert problem.startswith("The theme that was kept is not used. There is no theme called 'gone'")


def test_the_doctor_says_where_the_theme_comes_from(here: dict[str, str], ssh: dict[str, str]) -> None:
    def told(environ: dict[str, str]) -> str:
        return dict(facts(environ, may_ask=False))["theme"]

    assert told(here) == "dark (picked for this terminal; :theme or MANYVIEW_THEME changes it)"
    keep(here, "gruvbox")
    assert told(here) == f"gruvbox (kept by :theme for local terminals in {theme_file(here)})"
    assert told(ssh).startswith("ansi (picked")
    assert told({**here, "MANYVIEW_THEME": "light"}) == "light (asked for; kept is gruvbox)"
    assert told({**here, "NO_COLOR": "1"}).startswith("mono for gruvbox (kept by :theme")
    keep(here, "gone")
    assert told(here).startswith("dark (picked") and "no theme called 'gone'" in told(here)
