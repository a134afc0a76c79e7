"""Advice of a language model: faults that no rule can see, listed by a model that the user names with `--judge`.

What it does. A model behind an OpenAI-compatible endpoint is shown the prompt, the answer and the guide's criteria, and
lists faults, each with the words at fault and one sentence. A fault whose words do not stand in the answer is dropped.
Each of the others becomes a finding of the criterion `advice`, which says what it speaks of in its code and detail.

Why it is bad. Wrong facts and half-answered prompts are what a reader of the data meets first and a rule meets last;
a model finds some of them.

Known limits. A model errs both ways and is not the same tomorrow, so its word is advice: it adds findings, lifts no
score, waives nothing, and where it finds nothing the criterion stays null. An answer may talk it into silence; it is
then as if it had not been asked. The responses before correction are not shown to it. Where it was asked for and could
not answer, the row is unmeasured and does not pass.

Source: Zheng et al. 2023, "Judging LLM-as-a-Judge with MT-Bench and Chatbot Arena"; Chat Style Guide 1.1.2.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from quality.model import Example, NotApplicable, Opinion, Remark, Row, Unmeasured
from quality.rule import Check, Context, Inputs, Judgement, Rule

CRITERION = "advice"
_BY = "the judge says: "

_rule = partial(
    Rule,
    criterion=CRITERION,
    why="A reader of the data may see it as the model does; whether it is so is for a person to say.",
    measured="not measured: it depends on the model that is named",
    limits="A model's word: it may be wrong, and another model may say something else. Look before you edit.",
    needs="judge",
)


def _said(answer: str, about: str, why: str, words: str) -> Example:
    """An answer with one remark, on those words of it."""
    at = answer.index(words)
    row = Row(row=2, line=2, id="1", instruction="Tell me about Australia.", output=answer)
    return Example((row,), (2,), opinion=Opinion((Remark(about, why, at, at + len(words)),)))


def _silent(answer: str) -> Example:
    """An answer on which the judge has nothing to say."""
    row = Row(row=2, line=2, id="1", instruction="Tell me about Australia.", output=answer)
    return Example((row,), opinion=Opinion())


def _of(code: str, name: str, about: str, section: str, what: str, remedy: str, bad: Example) -> Rule:
    return _rule(
        code=code,
        name=name,
        what=f"{what}, in the opinion of the language model that `--judge` names.",
        remedy=remedy,
        source=f"Chat Style Guide {section}; Zheng et al. 2023, LLM-as-a-judge",
        bad=(bad,),
        good=(_silent("Canberra is the capital of Australia."), _about_another(about)),
    )


def _about_another(about: str) -> Example:
    """A remark that belongs to another rule."""
    if about == "factual":
        other = _said("Canberra is its capital, obviously.", "tone", "It talks down.", "obviously")
    else:
        other = _said("Its capital is Sydney.", "factual", "The capital is Canberra.", "Sydney")
    return Example(other.rows, opinion=other.opinion)


RULES: Mapping[str, Rule] = {
    "factual": _of(
        "JDG001",
        "doubted-fact",
        "factual",
        "1.1.2-1",
        "A statement that is wrong",
        "Look it up in a source that you trust; correct it if it is wrong.",
        _said("Sydney is its capital.", "factual", "The capital is Canberra.", "Sydney"),
    ),
    "compliance": _of(
        "JDG002",
        "doubted-compliance",
        "compliance",
        "1.1.2-5",
        "Something that the prompt asks for and the answer does not do",
        "Read the prompt again; add what is missing.",
        _said("I like kangaroos.", "compliance", "It says nothing of the country.", "I like kangaroos."),
    ),
    "tone": _of(
        "JDG003",
        "doubted-tone",
        "tone",
        "1.1.2-3",
        "Words that are not professional, respectful or helpful",
        "Say it as you would to a customer.",
        _said("As everyone knows, it is big.", "tone", "It talks down to the reader.", "As everyone knows"),
    ),
    "chattiness": _of(
        "JDG004",
        "doubted-chattiness",
        "chattiness",
        "1.1.2-4",
        "An answer that is wordy or curt for its prompt",
        "Cut what the prompt does not ask for, or answer more fully.",
        _said("Big.", "chattiness", "One word does not tell about a country.", "Big."),
    ),
    "grammar": _of(
        "JDG005",
        "doubted-grammar",
        "grammar",
        "1.1.2-2",
        "A mistake of grammar, punctuation or spelling",
        "Read the sentence aloud; mend it if it is wrong.",
        _said("Its a large country.", "grammar", "It is needs an apostrophe: It's.", "Its"),
    ),
    "repetition": _of(
        "JDG006",
        "doubted-repetition",
        "repetition",
        "1.1.2-6",
        "A thought that the answer gives twice, in the same words or in others",
        "Keep the better of the two.",
        _said("It is big. Its size is large.", "repetition", "Both say the same.", "Its size is large."),
    ),
}
"""Criterion that a remark speaks of → the rule whose finding it becomes."""


def judge(context: Context) -> Iterator[Judgement]:
    """A finding for each remark; not applicable where there is none, for silence proves nothing."""
    if context.inputs.opinions is None:
        return
    opinion = context.inputs.opinions.get(context.row.texts)
    if opinion is None or opinion.missing:
        yield Unmeasured(CRITERION, opinion.missing if opinion else "was not put to the judge")
        return
    remarks = [r for r in opinion.remarks if context.guide.severity(RULES[r.about].code) != "off"]
    if not remarks:
        yield NotApplicable(CRITERION, "the judge lists no fault")
    for remark in remarks:
        yield RULES[remark.about].found(
            context,
            f"{_BY}{remark.why}",
            start=remark.start,
            end=remark.end,
            detail={"about": remark.about},
        )


def finish(nothing: None, inputs: Inputs) -> Mapping[str, int]:
    """What the judge said: answers that it spoke of, faults that it listed, those with words that stand nowhere."""
    del nothing
    said = [one for one in (inputs.opinions or {}).values() if not one.missing]
    return {
        "answers": len(said),
        "remarks": sum(len(one.remarks) for one in said),
        "unfounded": sum(one.unfounded for one in said),
    }


def _nothing(*given: object) -> None:
    """Of single rows nothing is collected: what the judge says is known for the whole table."""


CHECK = Check(
    family="llm_judge",
    rules=tuple(RULES.values()),
    judge=judge,
    collect=_nothing,
    merge=_nothing,
    finish=finish,
    statistics=dict,
)
