"""A constitution at work: critique, revise, compare. README.md beside this file explains each step; write the
functions in this order.

A principle is one line of text, of one of two forms (all on one line, single spaces outside the quotation marks):

    no-promises [5] avoid "guarantee*" -> "aim for" because nobody can promise an outcome
    honest [8] allow "cannot guarantee" because saying so is honest

An id (lower-case letters, digits and hyphens, a letter first), a priority (a whole number, larger is more important),
avoid or allow, a phrase, for avoid a replacement (optional), and a reason. A phrase is one or more words with single
spaces; a word is letters, with a "*" at its end if any further letters may follow. A constitution is a list of parsed
principles. None of the functions may change its inputs.
"""

import re

from leaflets import examples


def parse_principle(text):
    """One principle as a dict with the keys "id", "priority" (int), "kind" ("avoid" or "allow"), "phrase",
    "replacement", "reason".

    White space at the ends of the text is ignored. Without "-> ..." the replacement is "". Raises ValueError, saying
    what is wrong, if the text has not one of the two forms: no priority, no reason, an empty phrase, an allow with a
    replacement, and so on.
    """
    raise NotImplementedError("parse_principle")


def critique(text, constitution):
    """What the constitution finds in a text.

    A phrase matches whole words only, in upper or lower case, with any white space between its words; "*" matches
    zero or more word characters. A match of an avoid principle is dropped when it overlaps a match of an allow
    principle whose priority is at least as large. If matches of avoid principles overlap each other, that of the
    larger priority stays (equal: the principle that comes first in the constitution; the same principle: the one
    further left). A match that was dropped does not stand in the way of any other. Returns a list of dicts, in the
    order of "start": "principle" (id), "start" (int), "span" (str, exactly as in the text:
    text[start:start + len(span)]), "replacement", "reason".
    """
    raise NotImplementedError("critique")


def revise(text, critiques):
    """The text with each criticised span replaced.

    critiques: as critique returns them for this text. If a span begins with a capital letter, so does its
    replacement. An empty replacement also takes away one space directly before the span, or, where there is none, one
    directly after it. Everything else stays exactly as it is. Returns a str.
    """
    raise NotImplementedError("revise")


def critique_revise(text, constitution, max_rounds):
    """Criticise and revise again and again: a replacement may offend against another principle.

    Stops when there is nothing to criticise, after max_rounds revisions (0 is allowed), or when a revision gives a
    text that has been there before (principles may undo each other). Returns (text, counts): the last text, and the
    number of critiques of the text at the start and after each revision, so that counts[-1] is 0 if the text is
    clean.
    """
    raise NotImplementedError("critique_revise")


def resolve_conflicts(principles):
    """Principles that contradict each other, sorted out.

    Principles with the same phrase, apart from upper and lower case, are in conflict, whatever their kind. Of these
    only the one with the largest priority stays; of equals, the first. Returns a list of the remaining principles in
    their original order.
    """
    raise NotImplementedError("resolve_conflicts")


def preference_pairs(drafts, constitution):
    """Preference data from the constitution instead of from people.

    drafts: list of str. Each draft is revised in up to 5 rounds. If the result has fewer critiques than the draft, it
    is preferred to it. Returns a list of dicts {"chosen": str, "rejected": str}, in the order of the drafts; other
    drafts give no pair.
    """
    raise NotImplementedError("preference_pairs")


def coverage(constitution, cases):
    """How well a constitution separates bad answers from good ones. A text is flagged when it has at least one
    critique.

    cases: list of (text, is_bad). Returns a dict: "caught" (int, bad and flagged), "missed" (list of str, bad and not
    flagged), "false_alarms" (list of str, not bad and flagged), the lists in the order of the cases.
    """
    raise NotImplementedError("coverage")


def my_constitution():
    """Your own constitution for the assistant of leaflets.py: a list of principles as text, at least four and at most
    forty.

    Graded on ten bad and ten good answers that you have not seen: at least eight of the bad ones must be flagged, and
    at most one of the good ones. `coverage([parse_principle(p) for p in my_constitution()], examples)` tells how you
    are doing.
    """
    raise NotImplementedError("my_constitution")
