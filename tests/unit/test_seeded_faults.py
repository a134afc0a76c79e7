"""The generators behind `benchmarks/fail_mode.py`: what they make is faulty, and the same for the same seed."""

import importlib
import random
from pathlib import Path
from typing import Any

import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
FAMILIES = ("grammar", "factual", "tone", "chattiness", "compliance", "repetition", "plagiarism")
PROMPT = "How do I keep my bicycle in good shape?"
ANSWER = (
    "To keep a bicycle in good shape, you should look after the chain and the brakes. You can do this at home in "
    "20 minutes, and it is not difficult. Before you start, make sure to read the manual that came with it.\n\n"
    "1. **Chain**: Clean the chain with a dry cloth, because dirt makes it wear out faster. Their bikes are often "
    "dirty.\n"
    "2. **Brakes**: The pads have to be larger than 3 millimeters, so check them in March and in October.\n"
    "3. **Tires**: Many people ride with tires that have been pumped to a lower pressure than is safe.\n"
    "4. **Lights**: In France and in Germany, lights have been required since 1937. They help others to see you.\n"
    "5. **Storage**: It is important to keep the bicycle inside, and try to hang it on a wall.\n\n"
    "The first chain of this kind was made by Hans Renold in Manchester, and James Starley sold it in Coventry. If "
    "you use it every day, 2 × 6 = 12 checks a year are enough. You should also have several parts at home, and you "
    "can ask a friend for advice when you need it. Remember to keep their receipts."
)
LIST = (
    "Here is what helps:\n\n"
    "1. Clean the chain with a dry cloth, because dirt makes it wear out faster.\n"
    "2. Check the brakes twice a year, and change the pads when they are thin.\n"
    "3. Pump the tires before every long ride, since many punctures come from low pressure.\n"
    "4. Keep the bicycle inside, where it stays dry in the winter."
)
SOURCE = (
    "Bicycles last longest when somebody cares for them on a regular schedule. Wash the frame with warm water, "
    "dry it carefully with an old towel, and put two drops of light oil on every link.\n\n"
    "Brakes deserve a look each month since worn pads ruin the rims within weeks. Squeeze the lever hard; the pad "
    "must meet the rim squarely, and it must not touch the rubber at any point during the whole turn of the wheel."
)


@pytest.fixture
def faults(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """The modules of `benchmarks/faults` by name."""
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    return {name: importlib.import_module(f"faults.{name}") for name in (*FAMILIES, "draft", "retouch")}


def pool(draft: Any) -> Any:
    return draft.Pool(
        siblings={PROMPT: [SOURCE, ANSWER + "\n\n" + SOURCE * 2], "Who was Bach?": ["Bach was a composer."]},
        sources={PROMPT: [SOURCE]},
        concise=[("Is water wet?", ANSWER, "Yes, it is.")],
        essays=[("a", "cut", SOURCE), ("a", "non", ANSWER)],
        names={1: ["Mozart", "Zurich"], 2: ["Clara Schumann"], 3: ["Johann Sebastian Bach"]},
        known=frozenset(
            w.lower()
            for w in (ANSWER + " require pump").replace(".", "").split()
            if w.islower() and w.isalpha()
        ),
    )


@pytest.mark.parametrize("family", FAMILIES)
def test_every_fault_changes_the_answer_and_comes_again_from_the_same_seed(
    faults: dict[str, Any], family: str
) -> None:
    draft = faults["draft"]
    answers = [draft.Answer(PROMPT, text) for text in (ANSWER, LIST)]
    for sub, fault in faults[family].FAULTS.items():
        made, again = (
            [fault(answer, pool(draft), random.Random(seed)) for answer in answers for seed in range(40)]
            for _ in range(2)
        )
        assert made == again, sub
        found = [one for one in made if one is not None]
        assert found, f"{family}: {sub} finds no place in the sample"
        assert all(one.original.split() != one.output.split() for one in found), sub


def test_an_answer_without_a_place_for_the_fault_gives_no_row(faults: dict[str, Any]) -> None:
    draft = faults["draft"]
    answer = draft.Answer("Say yes.", "Yes")
    for family in ("grammar", "tone", "repetition"):
        for sub, fault in faults[family].FAULTS.items():
            if sub != "answer given twice":
                assert fault(answer, pool(draft), random.Random(1)) is None, sub


def test_changes_that_overlap_an_earlier_one_are_left_out(faults: dict[str, Any]) -> None:
    changed = faults["draft"].changed
    assert changed("one two three", [(0, 3, "1"), (2, 7, "x"), (8, 13, "3")]) == "1 two 3"


def test_a_retouch_keeps_what_is_said(faults: dict[str, Any]) -> None:
    retouched = faults["retouch"].retouched(ANSWER, random.Random(3))
    assert retouched != ANSWER
    assert [w for w in retouched.split() if w.isdigit()] == [w for w in ANSWER.split() if w.isdigit()]


def test_a_wrong_sum_is_told_from_the_right_one_by_its_numbers_alone(faults: dict[str, Any]) -> None:
    problem = faults["factual"].FAULTS["word problem"]
    answer = faults["draft"].Answer(PROMPT, ANSWER)
    for seed in range(40):
        made = problem(answer, pool(faults["draft"]), random.Random(seed))
        before, after = made.original.split(), made.output.split()
        assert len(before) == len(after)
        differing = [a for a, b in zip(before, after, strict=True) if a != b]
        assert differing
        assert all(any(c.isdigit() for c in word) for word in differing)
