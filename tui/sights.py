"""From the desk and the records to what each lens is to show, and what a command may look at.  Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from store.cadence import pending
from store.days import ends
from store.errors import ManyViewError
from store.index import Predicate
from store.model import Bet, Checkin, Decision, Mission, Record
from store.records import Records
from store.workspace import Workspace, timestamp
from tui.command import Context
from tui.desk import Desk, Own
from tui.panes.sight import Sight
from tui.past import Past, Rewind, looking_back
from tui.perspective import Perspective, perspective
from tui.shapes import Scene
from tui.viewpoint import Viewpoint, unreadable

if TYPE_CHECKING:
    from store.query import Words

HOLDS: dict[str, type[Record]] = {"missions": Mission, "bets": Bet, "cadence": Checkin, "decisions": Decision}
"""Page → the kind it is for: what ``a`` adds there."""


def predicate(text: str, scene: Scene) -> Predicate | None:
    """What a filter lets through, the same object for the same words, so that indexes recognise it; None for no filter.

    Raises ``UsageError`` that points at the place where it cannot be read.
    """
    if not text.strip():
        return None
    from store.query import words_of  # not before something is filtered: it would delay the first screen

    settings = scene.records.settings
    return _compiled(text, words_of(settings), scene.today, scene.me, settings.zone)


@lru_cache(maxsize=64)
def _compiled(text: str, words: Words, today: date, me: str, zone: str) -> Predicate:
    from store.query import compile_query, parse

    return compile_query(parse(text, words), today=today, me=me, zone=zone)


def record_at(record_id: str | None, records: Records, today: date) -> Record | None:
    """The record under the cursor, also one that is not held yet and stands for its occurrence."""
    if record_id is None:
        return None
    if "+" in record_id:
        return next((one for one in pending(records, today) if one.id == record_id), None)
    return records.get(record_id)


def viewpoint(desk: Desk, lens: Perspective, own: Own, scene: Scene) -> Viewpoint:
    """From where a lens on the open page is looked through; a filter that cannot be read lets nothing through."""
    try:
        where = predicate(own.filter, scene)
    except ManyViewError:
        where = unreadable
    options = desk.page.options.get(lens.id, MappingProxyType({}))
    chosen = own.chosen if lens.follows else None
    said = own.filter if where not in (None, unreadable) else ""
    return Viewpoint(scene.today, scene.me, chosen, where, desk.archived, options, filter=said)


def trouble(text: str, scene: Scene) -> str:
    """Why a filter cannot be read, with the place; "" where it can."""
    try:
        predicate(text, scene)
    except ManyViewError as error:
        return str(error)
    return ""


def sight(desk: Desk, place: int, scene: Scene, *, focused: bool, past: Past | None = None) -> Sight:
    """What the lens at a place of the open page is to show; ``past`` is read only for a lens that looks back."""
    lens, own = perspective(desk.page.lenses[place]), desk.own(place)
    looking = looking_back(lens, viewpoint(desk, lens, own, scene), past, scene.records)
    apart = desk.apart if len(desk.page.lenses) > 1 and desk.together is None else frozenset[str]()
    wrong = trouble(own.filter, scene) if looking.where is unreadable else ""
    return Sight(lens, scene, looking, own.chosen, own.marked, focused, own.filter, apart, desk.moment(place), trouble=wrong)


class Comparison:
    """What a lens shows differently then and now; what was found is kept until one of the two is another."""

    def __init__(self) -> None:
        self._between: tuple[object, ...] = ()
        self._found: Mapping[str, str] = MappingProxyType({})

    def of(self, then: Sight, now: Sight) -> Mapping[str, str]:
        """How each record differs, by id."""
        from tui.travel import Look, changes

        between = (now.perspective.id, then.scene.records, then.viewpoint, now.scene.records, now.viewpoint)
        if between != self._between:
            looks = [
                Look(one.scene.records, one.perspective.project(one.scene.records, one.viewpoint)) for one in (then, now)
            ]
            self._between, self._found = between, changes(now.perspective, *looks)
        return self._found


def detail(desk: Desk, scene: Scene, *, focused: bool) -> Sight:
    """The chosen record, read as a whole."""
    lens = perspective("record")
    looking = viewpoint(desk, lens, desk.own(desk.page.focus), scene)
    return Sight(lens, scene, looking, desk.chosen, focused=focused, headed=False)


def context(desk: Desk, scene: Scene, heading: object, past: Past | None = None) -> Context:
    """What a command may look at from here; ``past`` is read only for a lens that looks back."""
    marked = tuple(record for record in map(scene.records.get, sorted(desk.marked)) if record is not None)
    lens = "record" if desk.opened else desk.page.lens
    chosen = record_at(desk.chosen, scene.records, scene.today)
    looking = viewpoint(desk, perspective(lens), desk.own(desk.page.focus), scene)
    return Context(
        scene.records, scene.today, scene.me,
        chosen=chosen,
        marked=marked,
        holds=HOLDS.get(desk.page.id) or perspective(desk.page.lens).holds(chosen),
        lens=lens,
        heading=heading,
        viewpoint=looking_back(perspective(lens), looking, past, scene.records),
    )  # fmt: skip


class Outlook:
    """What can be seen of one workspace from a desk: as it is now, as it was on a past day, and both beside each other."""

    def __init__(self, workspace: Workspace, today: Callable[[], date], past: Past) -> None:
        self._workspace = workspace
        self._today = today
        self.past = past
        self.rewind = Rewind(workspace.history, lambda: workspace.records)
        self._comparison = Comparison()

    def scene(self, desk: Desk, place: int) -> Scene:
        """What is looked at from a place of the open page: the records now, or as they stood on a past day."""
        then, workspace = desk.moment(place), self._workspace
        if then is None:
            return Scene(workspace.records, self._today(), workspace.me)
        return Scene(self.rewind.at(timestamp(ends(workspace.records.settings.zone, then))), then, workspace.me)

    def sight(self, desk: Desk, place: int, *, focused: bool) -> Sight:
        """What the lens at a place is to show; where then and now stand beside each other, with what differs."""
        seen = sight(desk, place, self.scene(desk, place), focused=focused, past=self.past)
        if desk.together is None:
            return seen
        other = sight(desk, 1 - place, self.scene(desk, 1 - place), focused=False, past=self.past)
        then, now = (seen, other) if place == 0 else (other, seen)
        return seen._replace(changes=self._comparison.of(then, now))
