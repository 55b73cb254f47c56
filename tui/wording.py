"""Our own sentences that name a key of the app, said with commands of the shell.  Pure.

Only what we say ourselves goes through here, never what people wrote.
"""

from __future__ import annotations

from tui.shapes import Text

PHRASES: tuple[tuple[str, str], ...] = (
    ("you: C says how it looks to you", "you: many note about:{id} conf:70 TEXT says how it looks to you"),
    ("press C to give your reading", "many note about:{id} conf:70 TEXT gives your reading"),
    ("C gives my reading of any record", "many note about:{id} conf:70 TEXT gives my reading of any record"),
    ("C gives your", "many note about:{id} conf:70 TEXT gives your"),
    ("C begins it", "many checkin holds it"),
    ("press O to tell it to another", "many tell {id} --for team tells it to another"),
    ("O tells it to others, M copies it", "many tell {id} --for team tells it to others"),
    ("O or & turns finished to shown", "--turn finished=shown brings it in"),
    ("O turns to", "--turn turns to"),
    ("Z shows archived ones, A brings it back", "--all shows archived ones, many archive {id} brings it back"),
    ("x decides it first", "many done {id} decides it first"),
    ("x settles a bet", "many done {id} settles a bet"),
    ("s shows where it can go from there", "many set {id} state=… takes it elsewhere"),
    ("Choose a record and ", ""),
    ("Choose a record to ", "Name a record, --of {id}, to "),
    ("press > to draw one", "many link draws one"),
    ("press > on a bet", "many link does that"),
    ("press > to link it", "many link {id} links it"),
    ("choose it, press F.", "many set {id} FIELD=… does."),
    (", press F, fill in", " and fill in, with many set {id} FIELD=…,"),
    (", press F and", ", and with many set {id} FIELD=…"),
    ("press F", "use many set {id} FIELD=…"),
)
"""What is said of a key → what does the same from the shell; the longer first where one holds another."""


def in_the_shell(sentence: str, record_id: str = "ID") -> str:
    """The sentence with a command in place of every key it names; ``record_id`` is the record it is about."""
    for said, instead in PHRASES:
        if said in sentence:
            sentence = sentence.replace(said, instead.format(id=record_id))
    return f"{sentence[:1].upper()}{sentence[1:]}" if sentence.startswith("many ") else sentence


def text_in_the_shell(view: Text, record_id: str = "ID") -> Text:
    """A text whose remarks name no key; what stands in it of a record, or as people wrote it, stays."""
    return Text(
        tuple(
            one._replace(text=in_the_shell(one.text, record_id)) if one.record is None and one.token in REMARKS else one
            for one in view.paragraphs
        )
    )


REMARKS = ("dim", "info")
"""Tokens of what is remarked beside a record."""
