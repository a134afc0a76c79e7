"""The rules FCT010 to FCT015 with their examples and figures: units, dates, years, counts, what the prompt gave."""

from __future__ import annotations

from collections.abc import Mapping

from quality.facts import counts, dates, given, units
from quality.facts.claim import Reader
from quality.rule import Rule, examples

_WHY = "It is wrong whoever reads it, and a model trained on it learns to assert what nobody has checked."
_FICTION = (
    "What the answer shows in code, quotes from the prompt, denies or supposes is not flagged. In fiction a finding is "
    "kept as waived with the prompt's words."
)
_HEIGHT = "How tall is a giraffe?"
_TIPS = "- Drink water.\n- Walk every day.\n- Sleep for eight hours.\n- Eat fruit.\n"


def _rule(
    code: str,
    name: str,
    what: str,
    remedy: str,
    measured: str,
    bad: tuple[tuple[str, str], ...],
    good: tuple[tuple[str, str], ...],
    limits: str,
) -> Rule:
    return Rule(
        code=code,
        name=name,
        criterion="factual",
        what=what,
        why=_WHY,
        remedy=remedy,
        source="Chat Style Guide 1.1.2-1",
        measured=f"{measured} (benchmarks/facts_given.py)",
        bad=examples(bad, flagged=True),
        good=examples(good, flagged=False),
        limits=f"{limits} {_FICTION}",
    )


CONVERSION = _rule(
    "FCT010",
    "wrong-conversion",
    "A quantity given in two units that do not agree: `5 miles (9 km)`.",
    "Convert it anew; the finding says what comes out.",
    "2,376 answers of strong models: 1 flagged, rightly; 42,370 of other models: 37 findings, all of "
    "which a reader called right (two of them by a few percent); seeded in strong answers: 77 of 78 real "
    "conversions made wrong found, none of the right ones flagged",
    bad=(
        (_HEIGHT, "A giraffe stands up to 18 feet (7.2 m) tall."),
        ("How do I bake bread?", "Bake it at 350°F (220°C) for 3 hours, that is 160 minutes."),
        ("How many feet has a mile?", "A mile is 5,820 feet."),
        ("How long is the film?", "It runs for 2 hours 15 minutes (145 minutes)."),
    ),
    good=(
        (_HEIGHT, "A giraffe stands up to 18 feet (5.5 m) tall and weighs about 1 ton (900 kg)."),
        ("How do I bake bread?", "Bake it at 350°F (175°C) with 2 cups (480 ml) of water and 1 lb (450 g) of flour."),
        ("How far is it?", "On the map 1 inch = 10 miles. Rest for 3 days (8 hours each)."),
        ("How tall is he?", "He is 5'10\" (178 cm). He trains half an hour (30 minutes) a day."),
    ),
    limits="Only where both stand together, with a unit each; shares of up to a tenth are taken as rounding.",
)  # fmt: skip
WEEKDAY = _rule(
    "FCT011",
    "wrong-weekday",
    "A weekday that the date beside it did not have: `Monday, 5 January 2024` was a Friday.",
    "Look the date up in a calendar, and correct the weekday or the date.",
    "2,376 answers of strong models: none flagged (they name none); 42,370 of other models: 2 findings, "
    "both right; seeded in strong answers: 291 of 300 in nine forms found (two of the others stood in code), none of "
    "the right ones flagged",
    bad=(
        ("When is the meeting?", "The meeting is on Monday, 5 January 2024."),
        ("When did it happen?", "It happened on July 20, 1969 (a Monday)."),
    ),
    good=(
        ("When is the meeting?", "The meeting is on Friday, January 5, 2024."),
        ("When did it happen?", "Bloody Sunday was Sunday, 9 January 1905 in the old calendar."),
    ),
    limits="Only whole dates with the year beside the weekday, from 1753.",
)
DATE = _rule(
    "FCT012",
    "impossible-date",
    "A day that its month does not have (31 April, 29 February 2023), or a year that is wrongly called a leap year.",
    "Correct the day, the month or the year.",
    "2,376 answers of strong models: none flagged; 42,370 of other models: none; seeded in strong "
    "answers: 298 of 300 found (the others stood in code), none of the right ones flagged",
    bad=(
        ("When is it due?", "It is due on 31 April."),
        ("When was she born?", "She was born on February 29, 2023."),
        ("Which years are leap years?", "2100 is a leap year."),
    ),
    good=(
        ("When is it due?", "It is due on 30 April."),
        ("When was she born?", "She was born on February 29, 2024. There is no February 30."),
        ("Which years are leap years?", "2000 was a leap year; 2100 is not a leap year."),
    ),
    limits="English names of months alone; a sentence that says no, not, never or if is taken to speak "
    "of a day that there is not.",
)
YEARS = _rule(
    "FCT013",
    "wrong-years",
    "A number of years, an age or a century that does not fit the years beside it.",
    "Subtract the years, and correct the number or the year.",
    "2,376 answers of strong models: none flagged; 42,370 of other models: none; seeded in strong answers, in ten "
    "sentences written beside the patterns: 297 of 300 found (two of the others stood in code), none of the right ones "
    "flagged",
    bad=(
        ("How long was the war?", "It lasted from 1939 to 1945, a total of 9 years."),
        ("Who was he?", "He was born in 1955 and died in 2011 at the age of 62."),
        ("When was it built?", "It was built in 1905, in the 19th century."),
        ("What came next?", "The firm began in 1998. Ten years later, in 2012, it was sold."),
    ),
    good=(
        ("How long was the war?", "It lasted from 1939 to 1945, a total of 6 years."),
        ("Who was he?", "He was born in 1955 and died in 2011 at the age of 56."),
        ("When was it built?", "It was built in 1900, in the 19th century."),
        ("What came next?", "The firm began in 1998. Ten years later, in 2008, it was sold."),
    ),
    limits="Both ways to count years hold; nothing is said where another year or a rough word stands between.",
)
COUNT = _rule(
    "FCT014",
    "wrong-count",
    "A count that the answer states of its own list, of a word's letters or of its words, and that does not come out.",
    "Count again, and correct the number or complete what is counted.",
    "2,376 answers of strong models: none of 22 counts flagged; 42,370 of other models: 10 of 289 "
    "flagged, all right; seeded in strong answers: 298 of 300 real lists with a wrong announcement and "
    "words with a wrong count of letters found (the others stood in code), none of the right ones flagged",
    bad=(
        ("How can I live healthier?", f"Here are five tips:\n\n{_TIPS}"),
        ("How many r's are in strawberry?", 'The word "strawberry" has 2 r\'s.'),
        ("Write a sentence about the sea.", "The sea is wide and blue.\n\n(25 words)"),
    ),
    good=(
        ("How can I live healthier?", f"Here are four tips:\n\n{_TIPS}"),
        ("How can I live healthier?", f"Here are the first four of ten tips:\n\n{_TIPS}\n1. And now a plan."),
        ("How many r's are in strawberry?", 'The word "strawberry" has three r\'s.'),
        ("Name two countries with cities.", "Here are 2 countries:\n\n1. Spain\n   - Madrid\n   - Cádiz\n2. Italy"),
    ),
    limits="Lists right behind their announcement alone; one that starts anew or goes on elsewhere is not counted.",
)  # fmt: skip
GIVEN = _rule(
    "FCT015",
    "changed-fact",
    "A number or a name that the answer restates from the prompt, word for word around it, and changes.",
    "Restore what the prompt says.",
    "2,376 answers of strong models: none flagged; 42,370 of other models: none, after the cause of one false alarm "
    "was removed (a die that the prompt might have meant); seeded in "
    "strong answers: 139 of 178 numbers and names changed in answers that restate them found",
    bad=(
        (
            "Introduce our firm. It was founded in 1998 by Maria Keller in the old harbour of Hamburg.",
            "Our firm was founded in 1989 by Maria Kellner in the old harbour of Hamburg.",
        ),
        (
            "Summarise: Bob has 12 apples in his basket and gives some to Anna.",
            "Bob has 15 apples in his basket and gives some to Anna.",
        ),
    ),
    good=(
        (
            "Introduce our firm. It was founded in 1998 by Maria Keller in the old harbour of Hamburg.",
            "Maria Keller founded our firm in 1998, in the old harbour of Hamburg, with 3 friends.",
        ),
        ("Bob has 12 apples in his basket and buys 3. How many apples has he?", "Bob has 15 apples in his basket."),
        ("Round to tens: the tower is 324 metres high.", "The tower is 320 metres high."),
    ),
    limits="Paraphrases are not seen; nothing is said where the prompt asks to change, convert, correct or invent.",
)  # fmt: skip

READERS: tuple[Reader, ...] = (units.claims, dates.claims, counts.claims, given.claims)

RULES: Mapping[str, Rule] = {
    "unit": CONVERSION,
    "weekday": WEEKDAY,
    "date": DATE,
    "leap_year": DATE,
    "years": YEARS,
    "count": COUNT,
    "given": GIVEN,
}
"""Sort of claim → its rule."""
