"""Harper, in process: no Java, no download.

The linter is built at the first text of a process (about 0.5 s) and asked without de-duplication: with it, one advice
on style swallows the errors inside its span. Rules that were measured to be of no use are not run, which saves their
time: on the JFLEG development half they flagged corrections nearly as often as learners' sentences, or they flagged
answers of strong models.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.metadata import version as installed_version

import harper

from quality.engines import Match

MAX_SUGGESTIONS = 3

DISTRUSTED = frozenset(
    str.split(
        "AWhile AvoidAndAlso BuiltIn CompoundNouns CondenseAllThe Dashes DayOneNames Discuss"
        " DisjointPrefixes EllipsisLength Everyday Everyone Excellent ExpandConfiguration"
        " ExpandControl ExpandMemoryShorthands ExpandMinimum ExpandTimeShorthands FindOut"
        " InDemandInDepth IncludingButNotLimitedToPunctuation InflectedVerbAfterTo InterestedIn"
        " ItsPossessive LetsConfusion LongSentences MergeWords MissingDeterminer MissingTo"
        " NationalCapitals NounVerbConfusion NumericRangeEnDash OkToOkay OneOfTheSingular"
        " OrthographicConsistency OxfordComma PhrasalVerbAsCompoundNoun ProgressiveNeedsBe"
        " PronounContraction PronounKnew QuiteQuiet QuoteSpacing RedundantFirsts Regionalisms RoadMap"
        " SentenceCapitalization Spaces SplitWords TheLastDays TheirToThere TheyToThem ToTwoToo"
        " UnclosedQuotes UpdatePlaceNames UseEllipsisCharacter UseTitleCase VerseAsVerb VeryLess"
        " WaveFunction WellBeing WereWhere WhomSubjectOfVerb WrongNegative YourPredicateAdjective"
    )
)
"""Rules that are not run. A test holds that this version of the engine knows them all."""


@cache
def _linter() -> harper.Linter:
    linter = harper.Linter()
    linter.set_lint_config(dict.fromkeys(DISTRUSTED, False))
    return linter


def check(text: str) -> tuple[Match, ...]:
    """Every match of the trusted rules in the Markdown text, in the order of their spans."""
    by_rule = _linter().organized_lints(text, dedup=False)
    matches = [_match(text, rule, lint) for rule, lints in by_rule.items() for lint in lints]
    return tuple(sorted(matches, key=lambda match: (match.start, match.end, match.rule)))


def version() -> str:
    """Name and version."""
    return f"harper-py {installed_version('harper-py')}"


def _match(text: str, rule: str, lint: harper.Lint) -> Match:
    start, end = lint.span.start, lint.span.end
    return Match(
        start=start,
        end=end,
        kind=lint.lint_kind,
        rule=rule,
        message=lint.message,
        suggestions=tuple(_replacements(text[start:end], lint.suggestions[:MAX_SUGGESTIONS])),
    )


def _replacements(span: str, suggestions: Iterable[harper.Suggestion]) -> Iterable[str]:
    for suggestion in suggestions:
        if suggestion.kind == harper.SuggestionKind.REMOVE:
            yield ""
        elif suggestion.kind == harper.SuggestionKind.INSERT_AFTER:
            yield span + suggestion.replacement_text
        else:
            yield suggestion.replacement_text
