"""Acting in a lens on the whole screen: the keys work on what the cursor is on, and the footer says what comes next."""

from __future__ import annotations

from test_workspace_screen import Person, opened

from store.changes import deleted
from store.model import Belief, Bet, Update
from tui.panes.bars import Bar


def footer(person: Person) -> str:
    return person.screen.query_one("#keys", Bar).render_line(0).text


def lines(person: Person, place: int = 0) -> str:
    pane = person.screen.room.panes[place]
    return " ".join(" ".join(pane.render_line(y).text for y in range(pane.size.height)).split())


async def test_a_card_moves_along_the_hill_and_back() -> None:
    async with opened(80, 24) as anna:
        await anna.press("5", "g", "h", "j")
        bet = anna.record("B11")
        assert isinstance(bet, Bet) and (anna.chosen, bet.hill) == ("B11", 60)
        await anna.press("L")
        assert anna.said.startswith("B11: hill 60 → 65.")
        await anna.press("u")
        assert anna.record("B11") == bet


async def test_the_cell_the_cursor_stands_in_is_the_one_that_is_moved() -> None:
    async with opened(80, 24) as anna:
        await anna.press("5", "g", "x")
        grid = anna.screen.desk.page.turned("rows", "buckets").turned("columns", "kind")
        anna.screen.turn(anna.screen.desk.with_page(grid))
        await anna.press("g", "g")
        while anna.chosen != "B12":
            await anna.press("j")
        await anna.press("J")
        bet = anna.record("B12")
        assert isinstance(bet, Bet) and bet.buckets == ("learning",)
        assert anna.said.startswith("B12: buckets growth → learning.")


async def test_marked_cards_move_in_one_step_and_come_back_in_one() -> None:
    async with opened(80, 24) as anna:
        await anna.press("2")
        before = {record_id: anna.record(record_id) for record_id in ("B15", "B17")}
        for record_id in before:
            await anna.press("colon")
            await anna.type(record_id)
            await anna.press("enter", "q", "space")
        await anna.press("L")
        assert [anna.record(one).standing for one in before] == ["shaping", "shaping"]
        await anna.press("u")
        assert {one: anna.record(one) for one in before} == before


async def test_an_empty_lens_offers_to_fill_in_the_chosen_record() -> None:
    async with opened(80, 24) as anna:
        await anna.press("2", "j", "5", "g", "p")
        assert f"{anna.chosen} does not say" in lines(anna) and "press F to fill it in" in lines(anna)
        await anna.press("F")
        assert anna.screen.asking.is_open


async def test_an_empty_lens_asks_which_record_is_meant_where_another_kind_is_chosen() -> None:
    async with opened(80, 24) as anna:
        await anna.press("4", "5", "g", "h", "F")
        await anna.type("B17")
        await anna.press("enter")
        assert anna.chosen == "B17"
        await anna.type("40")
        await anna.press("enter")
        bet = anna.record("B17")
        assert isinstance(bet, Bet) and bet.hill == 40


async def test_what_is_added_in_a_lens_is_of_the_kind_it_shows() -> None:
    async with opened(80, 24) as anna:
        await anna.press("5", "g", "k", "a")
        await anna.type("Lists help")
        await anna.press("ctrl+s")
        assert isinstance(anna.record(anna.chosen or ""), Belief)
        assert f"{anna.chosen} is not here: {anna.chosen} has no certainty and no value; press F" in lines(anna)


async def test_the_footer_begins_with_what_one_opens_the_lens_for() -> None:
    async with opened(80, 24) as anna:
        await anna.press("5", "j")
        assert footer(anna).strip().startswith("m how it goes")
        await anna.press("g", "s")
        assert footer(anna).strip().startswith("m loosen it")
        await anna.press("m")
        assert anna.screen.asking.is_open


async def test_a_reading_may_be_a_number_without_a_word() -> None:
    async with opened(80, 24) as anna:
        await anna.press("2", "j", "C")
        await anna.type("30")
        await anna.press("ctrl+s")
        said = anna.workspace.records.about(anna.chosen)[-1]
        assert isinstance(said, Update)
        assert (said.confidence, said.health, anna.screen.asking.is_open) == (30, None, False)


async def test_a_form_says_that_somebody_deleted_the_record_meanwhile() -> None:
    async with opened(80, 24) as anna:
        await anna.press("2", "j", "e")
        await anna.type("!")
        assert anna.chosen is not None
        anna.workspace.me = "ben"
        anna.workspace.commit(deleted((anna.record(anna.chosen),)))
        anna.workspace.me = "anna"
        await anna.press("ctrl+s")
        form = anna.screen.asking.form
        assert form is not None
        shown = " ".join(form.render_line(y).text for y in range(form.size.height))
        assert f"{anna.chosen} was deleted by somebody else meanwhile." in " ".join(shown.split())


async def test_what_happened_does_not_move_and_says_so() -> None:
    async with opened(80, 24) as anna:
        await anna.press("2", "L", "5", "g", "u", "g", "g")
        assert anna.chosen in lines(anna)
        for key in "HJKL":
            await anna.press(key)
            assert anna.said == "What happened stays as it happened: u takes back my own last step."


async def test_the_footer_names_no_key_of_the_board_behind_an_open_record() -> None:
    async with opened(80, 24) as anna:
        await anna.press("5", "j")
        assert "O turn" in footer(anna) and "add lens" in footer(anna)
        await anna.press("enter")
        assert "O turn" not in footer(anna) and "e edit" in footer(anna)
        await anna.press("escape")
        assert "O turn" in footer(anna)
