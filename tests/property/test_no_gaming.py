"""Wrapping, joining or repeating a flagged response never raises its score nor makes its row pass."""

import pytest

from quality import guide, run, table
from quality.workers.pool import keeping

GUIDE = guide.load()
FAULTY = {
    "Why do leaves change colour in autumn?": "Leaves change there colour becuase the green chlorophyll breaks down, "
    "and than the yellow pigments becomes visible. This happen every year in the colder season.",
    "How do I make tea?": "First you boils the water. Then you pours it over an tea bag and waits for 3 minutes. "
    "Finaly you remove the bag and enjoys you're tea with milk.",
    "What is a noun?": "A noun is a word that name a person, place or thing. for example, dog and city are a nouns.",
    "Describe a beach.": "The beach was beautifull and the sand were warm. Me and my freind has walked along the "
    "shore untill the sun went down and it was more better than last year.",
    "Explain what an invoice is.": "An invoice is a document that asks a customer to pay for goods or services. "
    * 6,
    "Name a good book.": "I recomend that you reads The Hobbit, its a adventure story wich children loves.",
    "How does a bicycle stay up?": "A moving bicycle stay up because the rider steer into the fall , and the wheels "
    "follows. Alot of people thinks its only the spinning wheels, but they is wrong.",
    "What should I pack for a hike?": "You should packs water, a map, and warm cloths. Definately bring a hat , and "
    "dont forget to tells someone where your going before you leaves the house.",
}
TRANSFORMS = {
    "fence": lambda text: f"```\n{text}\n```",
    "fence with a language": lambda text: f"```python\n{text}\n```",
    "tilde fence": lambda text: f"~~~\n{text}\n~~~",
    "inline code": lambda text: f"`{text}`",
    "indented": lambda text: "\n".join("    " + line for line in text.splitlines()),
    "quotes": lambda text: f'"{text}"',
    "curly quotes": lambda text: f"“{text}”",
    "single quotes": lambda text: f"'{text}'",
    "block quote": lambda text: "> " + text,
    "comment": lambda text: f"<!-- {text} -->",
    "open comment": lambda text: f"<!-- -->{text}",
    "dollar": lambda text: f"${text}$",
    "dollar in front": lambda text: f"$x$ {text}",
    "double dollar": lambda text: f"$${text}$$",
    "heading": lambda text: f"# {text}",
    "bold": lambda text: f"**{text}**",
    "link": lambda text: f"[{text}](https://example.org)",
    "table": lambda text: f"| a |\n|---|\n| {text} |",
    "html": lambda text: f"<code>{text}</code>",
    "script": lambda text: f"<script>{text}</script>",
    "repeated on a line": lambda text: f"{text} {text}",
    "repeated on lines": lambda text: f"{text}\n\n{text}",
    "lines for sentences": lambda text: text.replace(". ", ".\n"),
    "one line": lambda text: " ".join(text.split()),
    "bullets": lambda text: "- " + text.replace(". ", ".\n- "),
}
CLEAN = "The weather was fine, and everybody went home happy after a long day."


def scores(outputs, tmp_path):
    """The marks of each output, in a table of all of them."""
    import csv

    path = tmp_path / "data.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["id", "instruction", "output", "fail_mode"])
        writer.writerows((f"r{n}", ask, text, "grammar") for n, (ask, text) in enumerate(outputs.items()))
    return run.check(run.Request(table.read(path), GUIDE, workers=2, cache=False)).rows


@pytest.fixture(scope="module", autouse=True)
def _one_worker():
    """Started once for all of these runs."""
    with keeping():
        yield


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    rows = scores(FAULTY, tmp_path_factory.mktemp("plain"))
    assert not any(row.passed for row in rows), [row for row in rows if row.passed]
    return rows


@pytest.mark.parametrize("name", TRANSFORMS)
def test_a_wrapped_fault_gains_nothing(name, plain, tmp_path):
    wrapped = scores({ask: TRANSFORMS[name](text) for ask, text in FAULTY.items()}, tmp_path)
    for before, after in zip(plain, wrapped, strict=True):
        assert not after.passed, f"{name}: {before.id} passes"
        assert after.score <= before.score, f"{name}: {before.id} {before.criteria} → {after.criteria}"


@pytest.mark.parametrize("join", [f"{{}}\n\n{CLEAN}", f"{CLEAN}\n\n{{}}", f"{{}} {CLEAN}"])
def test_clean_prose_beside_a_fault_does_not_thin_it(join, plain, tmp_path):
    joined = scores({ask: join.format(text) for ask, text in FAULTY.items()}, tmp_path)
    for before, after in zip(plain, joined, strict=True):
        assert not after.passed
        for criterion in ("grammar", "repetition"):
            assert (after.criteria[criterion] or 0) <= (before.criteria[criterion] or 0)
