"""Which transaction undo and redo take back, and what that does to the documents there are now."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator

from store.committing import document_at, stay_honest
from store.merge import merge
from store.model import BY_TABLE
from store.operations import Operation, State, Transaction, after, inverse, operation, same

UNDID = "undid: "
"""How the sentence of a transaction that takes another back begins."""


class _Chain:
    """A transaction and what took it back, in turn: ``newest`` is its last link, ``wants`` the number of the next older."""

    def __init__(self, newest: Transaction) -> None:
        self.newest, self.length, self.wants = newest, 1, newest.undoes

    def add(self, older: Transaction, *, mine: bool) -> None:
        """Lengthen the chain by an older link; somebody else's step that I took back counts as no link of mine."""
        self.length += mine
        self.wants = older.undoes if mine else None

    @property
    def stands(self) -> bool:
        """Whether the first link is in force: it was taken back an even number of times."""
        return self.length % 2 == 1


def to_undo(back: Iterable[Transaction], me: str) -> Transaction | None:
    """My newest transaction that still stands, of all of them, newest first; read as far as it takes to tell."""
    return next((chain.newest for chain in _chains(back, me) if chain.stands), None)


def to_redo(back: Iterable[Transaction], me: str) -> Transaction | None:
    """What last took back a transaction of mine, unless I have done something else since."""
    for chain in _chains(back, me):
        if not chain.stands:
            return chain.newest
        if chain.length == 1:
            return None
    return None


def _chains(back: Iterable[Transaction], me: str) -> Iterator[_Chain]:
    """My chains, the one with the newest link first, each with its length once its first link is found.

    A transaction, what took it back, what took that back, … form a chain; its newest link says whether the first one
    stands.  Undo wants the newest chain that stands; redo the newest that does not, with nothing new of mine since.
    """
    waiting: deque[_Chain] = deque()
    wanting: dict[int, _Chain] = {}
    for past in back:
        chain = wanting.pop(past.n, None)
        if chain is not None:
            chain.add(past, mine=past.by == me)
        elif past.by == me:
            chain = _Chain(past)
            waiting.append(chain)
        if chain is not None and chain.wants is not None:
            wanting.setdefault(chain.wants, chain)
        while waiting and waiting[0].wants is None:
            yield waiting.popleft()


def inverted(target: Transaction, state: State) -> list[Operation]:
    """The operations that take a transaction back and keep what others changed since; raises ``Conflict``."""
    found: list[Operation] = []
    for change in map(inverse, reversed(target.operations)):
        now = document_at(state, change.table, change.key)
        merged = merge(_name(change), change.before, after(change), now)
        stay_honest(change.table, change.key, now, merged)
        if not same(merged, now) and (done := operation(change.table, change.key, now, merged)):
            found.append(done)
    return found


def _name(change: Operation) -> str:
    kind = BY_TABLE.get(change.table)
    return "the settings" if kind is None else kind.letter + change.key


def why_inverted(target: Transaction) -> str:
    """The sentence of the transaction that takes this one back."""
    return target.why.removeprefix(UNDID) if target.why.startswith(UNDID) else UNDID + target.why
