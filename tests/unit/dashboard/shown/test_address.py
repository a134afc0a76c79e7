import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.model import Filter, Order
from dashboard.shown.address import STATES, Known, View, at_start, read, write

LABELS = ["", "-", "--", "tone", "tone ", "a&b=c#d", "Türkçe", "\ud800", "\x00"]
KNOWN = Known(
    groups=["g1", "g2"], codes=["GRM001", "LEN001"], criteria=["grammar", "tone"], fail_modes=LABELS
)

some = lambda values: st.lists(st.sampled_from(list(values)), unique=True).map(tuple)  # noqa: E731
scores = st.tuples(st.integers(0, 100), st.integers(0, 100)).map(sorted)
views = st.builds(
    lambda text, groups, codes, criteria, severities, labels, passed, score, **rest: View(
        where=Filter(
            text, groups, codes, criteria, severities, labels, passed, float(score[0]), float(score[1])
        ),
        **rest,
    ),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
    some(KNOWN.groups),
    some(KNOWN.codes),
    some(KNOWN.criteria),
    some(KNOWN.severities),
    some(LABELS),
    st.sampled_from([None, True, False]),
    scores,
    state=st.sampled_from(["", *STATES]),
    order=st.sampled_from(list(Order)),
    page=st.integers(1, 9999),
    row=st.integers(0, 160_000),
)


@given(views)
def test_a_view_is_read_back_from_its_address(view):
    params = write(view)
    assert read(params, KNOWN) == view
    for value in (one for values in params.values() for one in values):
        value.encode()  # an address holds nothing else


def test_the_view_of_everything_has_no_address():
    assert write(View()) == {}


@pytest.mark.parametrize(
    "params",
    [
        {"rule": ["NOPE"], "group": ["g9"], "label": ["other"], "severity": ["fatal"], "criterion": ["x"]},
        {"page": ["-1"], "row": ["1e9"], "from": ["nan"], "to": ["inf"]},
        {"page": ["٣"], "row": ["9" * 5000], "passes": ["maybe"], "order": ["up"], "state": ["gone"]},
        {"from": [""], "to": ["<script>"], "text": []},
    ],
)
def test_what_cannot_be_asked_for_is_left_out(params):
    assert read(params, KNOWN) == View()


def test_scores_the_wrong_way_round_are_turned():
    assert read({"from": ["90"], "to": ["200"]}, KNOWN).where.lowest == 90
    assert read({"from": ["90"], "to": ["10"]}, KNOWN).where.highest == 90


def test_from_the_start_means_the_first_page_and_no_row():
    assert at_start(View(page=4, row=7, order=Order.WORST)) == View(order=Order.WORST)
