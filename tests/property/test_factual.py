"""Random sums written in several styles: a right result is never flagged, a wrong one always."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from quality.facts.arithmetic import claims
from quality.facts.claim import Claim, TooMuch
from quality.facts.results import claims as result_claims

WHOLE = st.integers(2, 5_000)
SIGNS = st.sampled_from("+-*/")
STYLES = (
    "{a} {s} {b} = {c}",
    "{a}{s}{b}={c}",
    "${a} {s} {b} = ${c}",
    "She has {a} {s} {b} = {c} clips in May.",
    "So {a} apples {s} {b} = {c} apples in all.",
    "({a} {s} {b}) = {c}",
    "**{a} {s} {b} = {c}**",
    "- Total: {a} {s} {b} = {c}",
    "\\( {a} {s} {b} = {c} \\)",
    "It is <<{a}{s}{b}={c}>>{c} today.",
    "He got {a} {s} {b} = <<{a}{s}{b}={c}>>{c} of them.",
)
TYPED = {"+": "+", "-": "-", "*": "*×x", "/": "/÷"}


def computed(a, sign, b):
    return {"+": a + b, "-": a - b, "*": a * b, "/": Fraction(a, b)}[sign]


@st.composite
def sums(draw):
    """Two operands, an operator, and a result that is whole."""
    a, b, sign = draw(WHOLE), draw(WHOLE), draw(SIGNS)
    a = a * b if sign == "/" else max(a, b + 1)
    return a, sign, b, int(computed(a, sign, b))


def said(text):
    return [*claims("How many?", text), *result_claims("How many?", text)]


@given(sums(), st.sampled_from(STYLES), st.data(), st.booleans())
def test_a_right_sum_is_read_and_never_flagged(one, style, data, commas):
    a, sign, b, c = one
    typed = data.draw(st.sampled_from(TYPED[sign])) if "<<" not in style else sign
    text = style.format(a=a, s=typed, b=b, c=c)
    text = text if not commas else style.format(a=f"{a:,}", s=typed, b=f"{b:,}", c=f"{c:,}")
    found = said(text)
    assert found
    assert all(isinstance(claim, Claim) and claim.holds for claim in found), (text, found)


@given(sums(), st.sampled_from(STYLES), st.data(), st.integers(1, 50), st.booleans())
def test_a_wrong_sum_is_always_flagged(one, style, data, off, more):
    a, sign, b, c = one
    wrong = c + off if more or c <= off else c - off
    typed = data.draw(st.sampled_from(TYPED[sign])) if "<<" not in style else sign
    text = style.format(a=a, s=typed, b=b, c=wrong)
    assert any(isinstance(claim, Claim) and not claim.holds for claim in said(text)), text


@given(st.lists(WHOLE, min_size=3, max_size=8), st.data())
def test_longer_sums_follow_the_order_of_operations(numbers, data):
    signs = [data.draw(st.sampled_from("+-*")) for _ in numbers[1:]]
    text = "".join(f"{n} {s} " for n, s in zip(numbers, signs, strict=False)) + str(numbers[-1])
    exact, term, pending = 0, numbers[0], 1
    for sign, number in zip(signs, numbers[1:], strict=True):
        if sign == "*":
            term *= number
        else:
            exact, term, pending = exact + pending * term, number, 1 if sign == "+" else -1
    exact += pending * term
    assert [claim.holds for claim in claims("", f"{text} = {exact}")] == [True]
    assert [claim.holds for claim in claims("", f"{text} = {exact + 1}")] == [False]


@given(st.integers(1, 99), st.integers(1, 5_000))
def test_decimals_hold_as_rounded_or_cut(a, b):
    exact = Fraction(a, b)
    cut = int(exact * 1_000)
    for shown in (f"0.{cut:03d}" if exact < 1 else f"{cut // 1000}.{cut % 1000:03d}", f"{float(exact):.3f}"):
        assert all(claim.holds for claim in claims("", f"{a} / {b} = {shown}")), shown


ALPHABET = "0123456789+-*/^=()[]{}%$.,!?<># xabdfr√²½\n"


@given(st.text(ALPHABET, max_size=80), st.text(ALPHABET, max_size=80))
def test_whatever_the_text_claims_stay_inside_it(asked, text):
    for claim in [*claims(asked, text), *result_claims(asked, text)]:
        if isinstance(claim, TooMuch):
            assert claim.reason
        else:
            assert 0 <= claim.start < claim.end <= len(text)
            assert bool(claim.message) is not claim.holds
