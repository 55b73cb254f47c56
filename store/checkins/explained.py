"""What helps to answer the questions that every workspace begins with; its own questions explain themselves."""

from __future__ import annotations

from collections.abc import Mapping

EXPLAINED: Mapping[str, str] = {
    # weekly
    "What did we intend, and what happened?": "the last intent, word by word, then what became of it; both belong here",
    "What moved someone's confidence?": "what somebody saw or heard, and which bet it makes them more or less sure of",
    "What is oldest, and who can help?": "name one bet that has stood still, what it waits for, and a person",
    "Which open choice can be made now?": "one that nobody needs to learn more for; decide it here, below decisions",
    # six weeks
    "Which bets would we place again today?": "as if none had begun: what is spent is no reason to go on",
    "What crossed its pivot or proceed line?": "what was to make us turn or go further, and what was read; then a verdict",
    "What is released and not learned from?": "bets that people use and nobody has looked at: what would be the outcome?",
    "Where are data, insight and action weakest?": "we do not measure it, do not understand it, or do nothing about it",
    "What stops, so that something can start?": "what gives its people and its room to what is to be placed next",
    # half-year
    "Do missions, mandates and people still fit?": "who decides what on which mission, and where somebody is missing",
    "Do the signals explain the results?": "whether what we measure moved with what came out; if not, which signal would",
    "Where does the ladder have gaps?": "bets under no mission, missions without bets, rungs that were passed over",
    "Is the mix of risk intended?": "how much is explored, delivered, improved and run, and whether we wanted it so",
    "Which rituals retire?": "those that bring no decision and no change for the time they take; this one, too",
    # yearly
    "Look back: which past bets mattered most, and of how many do we not know?": (
        "rank them below; an honest “don't know” says more than a guess"
    ),
    "What does the calibration say?": "when we were 70 % sure, were we right 7 times in 10? The lens Calibration counts",
    "Diverge: which questions, which tensions, what if we shipped nothing?": (
        "collect, do not settle: what nobody dares to ask, and what would be missed"
    ),
    "Converge: which few missions, which explicit noes, what in the first six weeks?": (
        "only what needs everybody: a no is written down like a yes"
    ),
    # learning review
    "What did we expect, and what happened?": "the hypothesis and the forecast as they were written, then the outcome",
    "What surprised us?": "what nobody would have bet on before, good or bad",
    "Would we place it again, knowing only what we knew then?": "this judges the choice; how it came out judges luck, too",
    "What do we do differently from now on?": "one habit, with a name and a day; what stays a wish changes nothing",
    # premortem
    "It is over and it failed: what happened?": "each tells the story of the failure for a few minutes alone, then all do",
    "Which of these could we see coming, and by which sign?": "a sign somebody can read, and who looks for it, how often",
    "What do we change now, and where is the line at which we turn?": "put the line into pivot_if of the bet",
    # premortem of a one-way door
    "We went through and regret it: what happened?": "a year on, in the past tense: what is it that cannot be undone?",
    "What would let us try it in a way that leads back?": "smaller, for fewer, for a while, or in parallel",
    "Who sees it differently, and what do they see?": "ask the one who would say no; write it down in their words",
}
"""Question → half a sentence about what an answer holds."""
LESSON = "what you would tell somebody who is about to try the same; it is kept with {record}"
RANK = "how much it mattered in the end, as far as anybody can tell"
"""What helps to give the lesson of the record that a check-in is about, and to rank a past bet."""
