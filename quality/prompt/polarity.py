"""Whether a clause asks for something or forbids it."""

from __future__ import annotations

import re

_NOT = (
    r"(?:(?:do|does|did|must|should|shall|can|could|may|need|is|are|will|would|has|have)(?: \w+)? ?(?:not|"
    r"n't)|\w{1,7}n't|dont|"
    r"cannot|not|never|neither|nor|no|without|avoid\w*|refrain\w*|exclud\w+|omit\w*|forbid\w*|forbidden|"
    r"prohibit\w*|"
    r"stay away|steer clear|ban(?:ned)?|instead of|rather than|free of|skip|leav(?:e|ing) out|abstain\w*)\b"
)
_NEGATION = re.compile(
    rf"(?<![\w']){_NOT}(?! (?:forget|fail|hesitate|only|just|necessarily|neglect|miss|leave out|omit|"
    r"limited|less|more|fewer|later|longer|matter|other|explanation|need)\b)"
)
_TURNS = re.compile(
    r"\b(?:but|however|instead,|and (?:please|also|make|do|then|ensure|be sure|must|should|it|your))\b|"
    r", (?:and|then) |[;:]"
)
_VERBS = (
    r"(?:includ|contain|us|mention|add|highlight|italici[sz]|bold|writ|ha[vs]|giv|repeat|end|finish|start|"
    r"begin|wrap|put|mak|provid|ensur|answer|respond|repl|keep|limit|separat|insert|conclud)(?:e|es|s|y|ies)?"
)
_NEW_CLAUSE = re.compile(rf"(?:\band|,|&) (?:also |then )?{_VERBS}\b")
_REACH = 60
"""Code points before a word in which its negation stands."""
_NEAR = 12
"""Code points around the word in which the verb of a new clause stands."""


def forbidden(low: str, start: int) -> bool:
    """Whether what stands at `start` is under a negation of its own clause: `do not use`, `without any`."""
    left = max(0, start - _REACH)
    cut = max(low.rfind(mark, left, start) for mark in (". ", "? ", "! ", "\n"))
    left = max(left, cut + 1)
    negations = tuple(_NEGATION.finditer(low, left, start))
    if not negations:
        return False
    between = low[negations[-1].end() : start]
    if _TURNS.search(between):
        return False
    # "do not use commas and highlight …": a new verb after an object is no longer under the negation
    words = len(between.split())
    has_object = words > 2 or (words == 2 and between.rstrip().endswith(","))
    return not (
        has_object
        and any(new.end() >= start - _NEAR for new in _NEW_CLAUSE.finditer(low, left, start + _NEAR))
    )
