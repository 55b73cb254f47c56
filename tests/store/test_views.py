"""Saved views: to TOML and back, what is wrong with a line, and a file that people edit too."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.errors import ManyViewError, UsageError
from store.view_file import Views, as_toml, drop, line_of, load, names, read, save, shared, with_view, without_view
from store.views import APART, Misformed, SavedView, checked_name, document_of, view_of

MINE = """# what I look at
[monday]
about = "the core team"   # on Mondays
lenses = ["flow", "timeline"]
filter = "team:core"

[monday.options.timeline]
zoom = "months"

[monday.columns]
flow = ["id", "title"]

# the other one
["end of month"]
lenses = ["calibration"]
"""

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=12)
LENSES = st.lists(TEXTS, min_size=1, max_size=4).map(tuple)


@st.composite
def views(draw: st.DrawFn) -> SavedView:
    lenses = draw(LENSES)
    own = draw(st.booleans())
    return SavedView(
        draw(TEXTS),
        lenses,
        about=draw(TEXTS),
        focus=draw(st.integers(0, len(lenses) - 1)),
        filter="" if own else draw(TEXTS),
        filters=tuple(draw(TEXTS) for _ in lenses) if own else (),
        apart=tuple(one for one in APART if draw(st.booleans())),
        archived=draw(st.booleans()),
        options=draw(st.dictionaries(TEXTS, st.dictionaries(TEXTS, TEXTS, min_size=1, max_size=2), max_size=2)),
        columns=draw(st.dictionaries(TEXTS, st.lists(TEXTS, max_size=3).map(tuple), max_size=2)),
    )


def test_a_text_becomes_views() -> None:
    found = read(MINE, "views.toml")
    assert found.problems == ()
    assert found.views == {
        "monday": SavedView(
            "monday",
            ("flow", "timeline"),
            about="the core team",
            filter="team:core",
            options={"timeline": {"zoom": "months"}},
            columns={"flow": ("id", "title")},
        ),
        "end of month": SavedView("end of month", ("calibration",)),
    }


@given(views())
def test_a_view_that_was_written_is_read_again(view: SavedView) -> None:
    assert view_of(view.name, document_of(view)) == view
    assert read(with_view("", view), "x").views == {view.name: view}


@given(st.lists(views(), max_size=4, unique_by=lambda view: view.name), st.data())
def test_writing_and_dropping_one_leaves_the_others(known: list[SavedView], data: st.DataObject) -> None:
    text = ""
    for view in known:
        text = with_view(text, view)
    assert read(text, "x").views == {view.name: view for view in known}
    if known:
        gone = data.draw(st.sampled_from(known))
        assert read(without_view(text, gone.name), "x").views == {
            view.name: view for view in known if view.name != gone.name
        }


def test_a_view_on_a_single_line_can_be_taken_out_but_not_one_in_a_text_of_many_lines() -> None:
    text = 'one = {lenses = ["flow"]}\ntwo = {lenses = ["flow"]}\n'
    assert read(without_view(text, "one"), "x").views.keys() == {"two"}
    nasty = '[one]\nabout = """\n[two]\nlenses = 3"""\nlenses = ["flow"]\n'
    with pytest.raises(ManyViewError, match="only an editor"):
        without_view(nasty, "one")


def test_lists_are_written_as_people_write_them() -> None:
    view = SavedView("end of month", ("flow", "a, b"), columns={"flow": ("id", "title,")})
    assert as_toml(view) == (
        '["end of month"]\nlenses = ["flow", "a, b"]\n\n["end of month".columns]\nflow = ["id", "title,"]\n'
    )


def test_what_people_wrote_around_it_stays() -> None:
    after = with_view(MINE, SavedView("end of month", ("doors",)))
    assert after.startswith(MINE.split('["end of month"]')[0])
    assert read(after, "x").views["end of month"].lenses == ("doors",)
    assert without_view(MINE, "nobody") == MINE


@pytest.mark.parametrize(
    ("wrong", "complaint"),
    [
        ('lenses = ["flow"]\nfocsu = 1', "v.toml line 3: one.focsu: a view has no such part"),
        ('lenses = "flow"', "v.toml line 2: one.lenses: it takes a list of texts"),
        ("lenses = []", "v.toml line 2: one.lenses: it names no lens"),
        ('about = "x"', "v.toml line 1: one: it names no lens"),
        ('lenses = ["flow"]\nfocus = 2', "v.toml line 3: one.focus: it is the number of a lens, from 1 to 1"),
        ('lenses = ["flow"]\nfocus = "1"', "v.toml line 3: one.focus: it takes a whole number"),
        ('lenses = ["flow"]\nfilter = 3', "v.toml line 3: one.filter: it takes a text in quotes"),
        ('lenses = ["flow"]\nfilters = ["a", "b"]', "v.toml line 3: one.filters: there is one for each lens"),
        ('lenses = ["flow"]\n\n\napart = ["lunch"]', "v.toml line 5: one.apart: it takes some of choices, marks, filter"),
        ('lenses = ["flow"]\narchived = 1', "v.toml line 3: one.archived: it takes true or false"),
        ('lenses = ["flow"]\n[one.options.flow]\nsort = 3', "v.toml line 4: one.options.flow.sort: it takes a text"),
        ('lenses = ["flow"]\n[one.columns]\nflow = "id"', "v.toml line 4: one.columns.flow: it takes a list of texts"),
        ('lenses = ["flow"]\noptions.flow = "x"', "v.toml line 3: one.options.flow: it is a table"),
    ],
)
def test_what_is_wrong_names_its_line_and_costs_no_other_view(wrong: str, complaint: str) -> None:
    found = read(f'[one]\n{wrong}\n\n[two]\nlenses = ["flow"]\n', "v.toml")
    assert len(found.problems) == 1
    assert found.problems[0].startswith(complaint)
    assert list(found.views) == ["two"]


def test_a_view_that_is_no_table_is_said() -> None:
    assert read("one = 3", "v.toml").problems[0].startswith("v.toml line 1: one: a view is a table")
    assert shared({"one": 3}).problems[0].startswith("the shared views: one: a view is a table")


def test_what_is_not_toml_says_where() -> None:
    found = read('[one]\nlenses = "flow\n[two]\n', "v.toml")
    assert found.views == {}
    assert "v.toml is not TOML" in found.problems[0]
    assert "line 2, column 15" in found.problems[0]


@pytest.mark.parametrize(
    ("place", "line"),
    [
        (("monday",), 2),
        (("monday", "filter"), 5),
        (("monday", "options", "timeline", "zoom"), 8),
        (("monday", "options", "timeline", "sort"), 7),
        (("monday", "columns", "flow"), 11),
        (("end of month", "lenses"), 15),
        (("nobody",), 0),
    ],
)
def test_a_place_is_found_in_the_text(place: tuple[str, ...], line: int) -> None:
    assert line_of(MINE, place) == line


def test_a_file_is_made_written_and_emptied(tmp_path: Path) -> None:
    path = str(tmp_path / "config" / "views.toml")
    view = SavedView("one", ("flow",))
    assert load(path) == Views(source=path)
    assert not save(path, view)
    assert save(path, view._replace(about="mine"))
    assert load(path).views == {"one": view._replace(about="mine")}
    assert drop(path, "one")
    assert not drop(path, "one")
    assert load(path).views == {}
    assert [one.name for one in (tmp_path / "config").iterdir()] == ["views.toml"]


def test_a_file_that_cannot_be_read_is_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "views.toml"
    path.write_text("[one\n")
    with pytest.raises(ManyViewError, match="Nothing was changed"):
        save(str(path), SavedView("one", ("flow",)))
    with pytest.raises(ManyViewError, match="Mend it first"):
        drop(str(path), "one")
    assert path.read_text() == "[one\n"
    path.write_bytes(b"\xff")
    with pytest.raises(ManyViewError, match="not UTF-8"):
        save(str(path), SavedView("one", ("flow",)))
    assert path.read_bytes() == b"\xff"


def test_a_view_beside_one_with_a_fault_can_be_saved(tmp_path: Path) -> None:
    path = tmp_path / "views.toml"
    path.write_text("[one]\nlenses = 3\n")
    save(str(path), SavedView("two", ("flow",)))
    assert tomllib.loads(path.read_text()) == {"one": {"lenses": 3}, "two": {"lenses": ["flow"]}}


def test_a_link_to_the_file_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.toml").write_text("")
    link = tmp_path / "views.toml"
    link.symlink_to(tmp_path / "real.toml")
    save(str(link), SavedView("one", ("flow",)))
    assert link.is_symlink()
    assert load(str(tmp_path / "real.toml")).views.keys() == {"one"}


@pytest.mark.parametrize("name", ["", "   ", "x" * 41, "a\x1bb"])
def test_some_names_cannot_be_given(name: str) -> None:
    with pytest.raises(UsageError, match="cannot be the name"):
        checked_name(name)


def test_names_come_once_in_the_order_of_the_alphabet() -> None:
    assert checked_name("  end  of month ") == "end of month"
    one, two = read(MINE, "x"), shared({"Alpha": {"lenses": ["flow"]}, "monday": {"lenses": ["doors"]}})
    assert names([one, two]) == ("Alpha", "end of month", "monday")


def test_a_fault_in_the_form_knows_its_place() -> None:
    with pytest.raises(Misformed) as caught:
        view_of("one", {"lenses": ["flow"], "options": {"flow": {"sort": 1}}})
    assert caught.value.place == ("options", "flow", "sort")
