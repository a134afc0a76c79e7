"""The family of facts that can be recomputed: when it applies, what it waives, and that no text is ever executed."""

import os
import subprocess
import sys

import pytest

from quality import guide, prompt, waive
from quality.checks import factual
from quality.model import Finding, NotApplicable, Row, Unmeasured
from quality.rule import Context, Inputs

INPUTS = Inputs(guide=guide.load())


def judged(asked, said):
    return list(factual.judge(Context(Row(2, 2, "a", asked, said), prompt.read(asked), INPUTS)))


def test_it_does_not_apply_where_nothing_can_be_recomputed():
    assert judged("Why is the sky blue?", "Blue light is scattered more than red light.") == [
        NotApplicable("factual", "nothing in the answer can be recomputed")
    ]


def test_a_right_sum_yields_nothing_at_all():
    assert judged("How many hours has a week?", "A week has 7 × 24 = 168 hours.") == []


def test_a_wrong_sum_is_found_where_it_stands():
    said = "A week has 7 × 24 = 178 hours."
    (found,) = judged("How many hours has a week?", said)
    assert isinstance(found, Finding)
    assert (found.code, found.criterion, found.severity) == ("FCT001", "factual", "error")
    assert said[found.start : found.end].startswith("7 × 24 = 178")
    assert found.detail == {"stated": "178", "computed": "168"}
    assert "168" in found.message


def test_one_place_is_told_once():
    found = judged("How many?", "She sold 48/2 = <<48/2=25>>25 clips.\n#### 25")
    spans = [(f.start, f.end) for f in found]
    assert all(a[1] <= b[0] for a, b in zip(sorted(spans), sorted(spans)[1:], strict=False))


def test_fiction_waives_what_it_asked_for():
    asked = "Write a short story about a kingdom where 2 + 2 makes five."
    read = prompt.read(asked)
    found = [
        f for f in judged(asked, "The king decreed it: 3 + 4 = 9, and all agreed.") if isinstance(f, Finding)
    ]
    assert found
    assert all(f.waived for f in waive.waive(found, read, asked))


def test_what_is_beyond_a_limit_is_unmeasured():
    (said,) = judged("How large is it?", "It is 9**9**9**9 = 5.")
    assert isinstance(said, Unmeasured)
    assert said.criterion == "factual"
    (said,) = judged("How large is it?", "1 + 1 = 2\n" * 1_100)
    assert isinstance(said, Unmeasured)


LITERAL = "1234567890" * 7
ORDINARY = (
    "What happened in 1914-1918?",
    "Calculate how long the reign of 1837-1901 was.",
    "Call (415) 555-0132 = our office, or 1-800-555-0199 = sales.",
    "What is +1 415-555-0132?",
    "What is 4111 1111 1111 1111?",
    "What is 192.168.0.1/24 and 2001:db8::1?",
    f"What is {LITERAL}?",
    f"The key is p*q = {LITERAL}.",
    f"π = 3.{LITERAL}",
    "The hash is " + "e3b0c442" * 8 + " = " + "98fc1c14" * 8,
    "Simplify this: for (int i = 0; i < 1 << 31; i++) { sum += a[i] * b[i]; }",
    "for (i = 0; i < 10**9; i++) { s += i ** 2 = 3; }",
    "x = 2**4096\ny = x**2 = 4",
    "A googolplex = 10^(10^100), which is a 1 with a googol zeros.",
)


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_text_never_becomes_unmeasured(text):
    found = [*judged(text, "It is five."), *judged("Tell me.", text)]
    assert not [said for said in found if isinstance(said, Finding | Unmeasured)]


def test_maths_that_is_asked_beyond_the_limits_is_unmeasured():
    assert [type(said) for said in judged("What is 9^9^9^9?", "It is five.")] == [Unmeasured]


PAYLOADS = (
    "__import__('os').system('touch canary')",
    "().__class__.__base__.__subclasses__()",
    "open('canary','w').write('1')",
    "exec(\"open('canary','w')\")",
    "9**9**9**9",
    "factorial(10**9)",
    "1000000000!+1",
    "10^(10^10)",
    "(" * 100_000,
    "(1+" * 40_000 + "1" + ")" * 40_000,
    "9" * 150_000,
    "-" * 150_000 + "1",
    "2^" * 50_000 + "2",
    "\\frac{" * 20_000,
    "1/0",
    "٣ + ３",
    "lambda: x",
    "x" * 150_000,
)
_JUDGE = """
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, (3 * 2**30, 3 * 2**30))
resource.setrlimit(resource.RLIMIT_CPU, (240, 240))
from quality import guide, prompt
from quality.checks import factual
from quality.model import Row
from quality.rule import Context, Inputs
inputs = Inputs(guide=guide.load())
from tests_payloads import PAYLOADS
for text in PAYLOADS:
    asks = (f"What is {text}?", f"Solve {text} = x", f"Simplify {text}", "Differentiate x^2", "Solve 2x = 8")
    says = (
        f"{text} = 5", f"It is <<{text}=5>>5\\n#### 5", f"x = {text}", f"The answer is {text}", f"{text}% of 5 is 5"
    )
    for asked, said in zip(asks, says):
        read = prompt.read(asked) if len(asked) < 2_000 else prompt.read("What is it?")
        list(factual.judge(Context(Row(2, 2, "a", asked, said), read, inputs)))
print("done")
"""


def test_no_text_is_executed_and_work_is_bounded(tmp_path):
    (tmp_path / "tests_payloads.py").write_text(f"PAYLOADS = {PAYLOADS!r}\n", encoding="utf-8")
    paths = os.pathsep.join([str(tmp_path), *filter(None, sys.path)])
    ran = subprocess.run(
        [sys.executable, "-c", _JUDGE],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": paths},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.stdout.strip() == "done", ran.stderr[-2_000:]
    assert not (tmp_path / "canary").exists()


@pytest.mark.parametrize("payload", PAYLOADS[:4])
def test_code_in_prompt_and_answer_is_no_statement(payload):
    found = judged(f"What is {payload}?", f"{payload} = 5")
    assert found == [NotApplicable("factual", "nothing in the answer can be recomputed")]
