"""The filter language, one meaning in the app and the shell: ``state:placed team:core conf<50 -tag:x (a or b) "text" @me``.

=============================  ==========================================================================================
``word "two words"``           in any text of the record or in its id, whatever the case
``field:value``                a choice that begins so, text that contains it, a list that holds it, the number, the day
``field=value``                exactly that
``field:one,other``            any of them
``conf<50 due<=+7d age>3w``    ``< <= > >=`` on numbers, days, ages, horizons and mandates
``@anna @me +tag``             somebody who has to do with it (``who:``), a tag (``tag:``)
``type:bet id:B12``            its kind, its id or number
``under:M3 re:B7 drives:S4``   nests in it, points at it in any way, by that link
``due``                        the day it next asks for somebody; a finished one has none
``is:open``                    also closed, archived, overdue, inbox
``has:pivot_if no:settle_by``  the field is filled, or could be and is not
``a b``, ``a and b``           both; ``or`` binds weaker, ``-`` or ``not`` in front excludes, parentheses group
=============================  ==========================================================================================

Fields are those of the model and the keys of capture (``store.keys``); days are those of ``store.dates``.  A record whose
kind has no such field is not found by it.  Archived records are not left out here: say ``-is:archived``.  What a workspace
calls its states, horizons, kinds and levels (``words_of`` its settings) is understood beside the names of the model.
"""

from store.query.completion import completions, word_at
from store.query.explaining import left_out, spelled
from store.query.matching import compile_query, failing
from store.query.syntax import Query, QueryError, clauses, parse
from store.query.words import Words, words_of

__all__ = [
    "Query", "QueryError", "Words", "clauses", "compile_query", "completions", "failing", "left_out", "parse", "spelled",
    "word_at", "words_of",
]  # fmt: skip
