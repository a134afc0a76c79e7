"""What counts as copied: pairs within the file, passages of a reference, and what never does."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest

from quality import guide as guides
from quality.checks.near_duplicate import CHECK
from quality.guide import StyleGuide
from quality.model import Finding, Prompt, Row, Unmeasured
from quality.rule import Context, Inputs, Judgement

GUIDE = guides.load()
SENTENCE = "the harbour froze so hard that winter that we walked across it to school"


def row(number: int, instruction: str, output: str, **other: str) -> Row:
    return Row(number, number, other.get("id", f"q{number}"), instruction, output)


def judged(
    rows: Sequence[Row],
    against: Sequence[str] | None = None,
    guide: StyleGuide = GUIDE,
    batches: Sequence[int] = (),
) -> dict[int, list[Judgement]]:
    texts = None if against is None else tuple((f"source {n}", text) for n, text in enumerate(against))
    inputs = Inputs(guide=guide, against=texts)
    assert CHECK.collect and CHECK.merge and CHECK.finish
    part = CHECK.collect(rows[:0], [], inputs)
    for begin, end in zip([0, *batches], [*batches, len(rows)], strict=True):
        part = CHECK.merge(part, CHECK.collect(rows[begin:end], [], inputs))
    facts = CHECK.finish(part, inputs)
    return {r.row: list(CHECK.judge(Context(r, Prompt("open"), inputs, facts=facts))) for r in rows}


def codes(said: Sequence[Judgement]) -> list[str]:
    return [one.code for one in said if isinstance(one, Finding)]


def with_threshold(tmp_path, **values: float) -> StyleGuide:
    path = tmp_path / "mine.toml"
    path.write_text("[thresholds.near_duplicate]\n" + "\n".join(f"{k} = {v}" for k, v in values.items()))
    return guides.load(str(path))


@pytest.mark.parametrize("rule", CHECK.rules, ids=lambda rule: rule.code)
def test_examples(rule) -> None:
    for example in (*rule.bad, *rule.good):
        said = judged(example.rows, example.against or None)
        assert {n for n, one in said.items() if rule.code in codes(one)} == set(example.flags)


def test_a_pair_names_both_sides_and_its_similarity() -> None:
    said = judged([row(2, "A?", SENTENCE), row(3, "B?", SENTENCE.replace("hard", "fast"))])
    (one,), (other,) = said[2], said[3]
    assert isinstance(one, Finding) and isinstance(other, Finding)
    assert one.related == ("q3",) and other.related == ("q2",)
    assert one.detail["similarity"] == other.detail["similarity"] == pytest.approx(13 / 14)
    assert one.detail["row"] == 3 and other.detail["row"] == 2
    assert "within this file only" in one.message


def test_a_copied_sentence_of_twelve_words_is_flagged_and_of_eleven_is_not() -> None:
    words = SENTENCE.split()
    for length, flagged in ((12, True), (11, False)):
        text = " ".join(words[:length])
        said = judged([row(2, "A?", text), row(3, "B?", text)])
        assert bool(said[2]) is bool(said[3]) is flagged


@pytest.mark.parametrize(
    "label", ["Yes.", "Paris", "The sentiment of the given sentence is positive.", "42", "🙂"]
)
def test_a_short_answer_is_a_copy_only_under_the_same_prompt(label: str) -> None:
    said = judged([row(2, "A?", label), row(3, "B?", label), row(4, "a ?", label)])
    assert not said[3]
    assert [one.related for one in said[2] if isinstance(one, Finding)] == [("q4",)]


def test_words_that_the_prompt_gave_are_nobodys_copy() -> None:
    rows = [row(2, f"Correct this: {SENTENCE}", SENTENCE), row(3, f"Which tense? {SENTENCE}", SENTENCE)]
    assert not any(judged(rows).values())


def test_different_disguises_are_one_text() -> None:
    disguises = [
        SENTENCE.upper(),
        SENTENCE.replace("o", "о"),
        "\u200b".join(SENTENCE),
        SENTENCE.translate({n: n + 0xFEE0 for n in range(33, 127)}),
        "".join(letter + "\u0336" for letter in SENTENCE),
    ]
    said = judged([row(n, f"Prompt {n}?", text) for n, text in enumerate([SENTENCE, *disguises], 2)])
    assert all(one[0].detail["count"] == len(disguises) for one in said.values())


def test_identical_rows_give_one_finding_each_with_the_count() -> None:
    rows = [row(n, f"Prompt {n}?", SENTENCE) for n in range(2, 502)]
    said = judged(rows)
    assert all(len(one) == 1 for one in said.values())
    (one,) = said[2]
    assert isinstance(one, Finding) and one.detail["count"] == 499 and len(one.related) == 20
    assert "and 498 more" in one.message


def test_different_pairs_beyond_the_limit_are_unmeasured(tmp_path) -> None:
    rows = [row(n, f"Prompt {n}?", f"{SENTENCE} number{n}") for n in range(2, 40)]
    said = judged(rows, guide=with_threshold(tmp_path, pairs_per_row=5))
    for one in said.values():
        assert len(codes(one)) == 5
        assert any(isinstance(this, Unmeasured) for this in one)


def test_short_templated_answers_to_different_prompts_are_clean() -> None:
    rows = [
        row(n, f"Sum {n}?", f"The sum that you ask for is the number {n} precisely.") for n in range(2, 80)
    ]
    rows.append(row(80, "Sum 3?", "The sum that you ask for is the number 4 precisely."))
    said = judged(rows)
    assert {n for n, one in said.items() if one} == {3, 80}


def test_a_threshold_out_of_range_measures_nothing(tmp_path) -> None:
    for value in (0, 1.5):
        said = judged([row(2, "A?", SENTENCE)], guide=with_threshold(tmp_path, min_similarity=value))
        assert isinstance(said[2][0], Unmeasured)


def test_batches_make_no_difference() -> None:
    random.seed(3)
    words = SENTENCE.split()
    rows = [row(n, f"Prompt {n % 7}?", " ".join(words[: random.randint(0, 14)])) for n in range(2, 60)]
    rows += [row(n, "P?", SENTENCE.replace(random.choice(words), f"w{n}")) for n in range(60, 70)]
    whole = judged(rows)
    assert whole == judged(rows, batches=[1, 2, 30]) == judged(rows, batches=[50])


def test_merge_is_associative() -> None:
    rows = [row(n, "P?", f"{SENTENCE} {n}") for n in range(2, 8)]
    inputs = Inputs(guide=GUIDE)
    assert CHECK.collect and CHECK.merge and CHECK.finish
    a, b, c = (CHECK.collect(rows[at : at + 2], [], inputs) for at in (0, 2, 4))
    left = CHECK.finish(CHECK.merge(CHECK.merge(a, b), c), inputs)
    assert left == CHECK.finish(CHECK.merge(a, CHECK.merge(b, c)), inputs)


def test_pairs_are_symmetric() -> None:
    random.seed(5)
    words = SENTENCE.split()
    rows = [
        row(n, f"Prompt {n % 3}? {' '.join(words[: n % 14])}", " ".join(words[: random.randint(9, 14)]))
        for n in range(2, 40)
    ]
    related = {
        r.id: {i for one in judged(rows)[r.row] if isinstance(one, Finding) for i in one.related}
        for r in rows
    }
    assert any(related.values())
    assert all(mine in related[other] for mine, others in related.items() for other in others)


def test_an_empty_output_is_like_nothing() -> None:
    assert not any(judged([row(2, "A?", ""), row(3, "A?", ""), row(4, "A?", " \n")]).values())


def test_an_empty_table() -> None:
    assert judged([]) == {} == judged([], against=["some text of a reference"])


def test_a_copy_from_the_reference_is_marked_in_the_cell() -> None:
    output = f"Well — café! {SENTENCE.capitalize()}, and that was that."
    (one,) = judged([row(2, "A?", output)], against=["Nothing to see here.", f"They say {SENTENCE} often."])[
        2
    ]
    assert isinstance(one, Finding) and one.code == "DUP002"
    assert one.detail["source"] == "source 1" and one.start is not None
    assert output[one.start : one.end].casefold() == SENTENCE


def test_what_the_prompt_quotes_is_not_copied_from_the_reference() -> None:
    assert not judged([row(2, f"Summarise: {SENTENCE}", SENTENCE)], against=[SENTENCE])[2]


def test_stock_phrases_are_not_copies_but_a_text_of_them_is() -> None:
    phrase = "it is important to keep in mind that there are many different ways to"
    own = " ".join(f"word{n}" for n in range(40))
    references = [f"{phrase} {' '.join(f'r{n}x{m}' for m in range(30))}" for n in range(20)]
    assert not judged([row(2, "A?", f"{own} {phrase}")], against=references)[2]
    assert codes(judged([row(2, "A?", f"{phrase} act")], against=references)[2]) == ["DUP002"]


def test_a_long_reference_covers_no_text_by_chance_but_gives_its_passages() -> None:
    random.seed(7)
    common = [f"c{n}" for n in range(12)]
    book = " ".join(random.choice(common) for _ in range(30_000))
    own = " ".join(f"{random.choice(common)} own{n} {random.choice(common)}" for n in range(60))
    assert not judged([row(2, "A?", own)], against=[book])[2]
    rare = " ".join(f"rare{n}" for n in range(900))
    assert codes(judged([row(2, "A?", " ".join(rare.split()[500:560]))], against=[rare])[2]) == ["DUP002"]


def test_an_empty_reference_corpus_is_unmeasured() -> None:
    assert isinstance(judged([row(2, "A?", SENTENCE)], against=[])[2][0], Unmeasured)


@pytest.mark.parametrize(
    "output",
    [
        "(" * 200_000,
        "a" * 200_000,
        "\u200b" * 200_000,
        "a\u0301\u0323" * 60_000,
        "«“" * 100_000,
        "漢" * 200_000,
        "a " * 100_000,
    ],
)
def test_hostile_cells_are_finished(output: str) -> None:
    rows = [row(2, "A?", output), row(3, "A?", output + "a"), row(4, "B?", output)]
    judged(rows, against=[output, SENTENCE])


def test_cells_beyond_the_limit_are_unmeasured() -> None:
    said = judged([row(2, "A?", "(" * 1_000_000), row(3, "A?", SENTENCE)])
    assert isinstance(said[2][0], Unmeasured) and not said[3]


def test_five_thousand_templated_rows() -> None:
    rows = [row(n, f"Prompt {n}?", f"{SENTENCE} {SENTENCE} number{n}") for n in range(2, 5_002)]
    said = judged(rows)
    assert all(
        len(codes(one)) == 20 and any(isinstance(this, Unmeasured) for this in one) for one in said.values()
    )
