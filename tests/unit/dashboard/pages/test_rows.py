import csv
import io

import pytest

from dashboard.model import ALL, Filter, Order
from dashboard.shown import address, listing
from dashboard.shown.address import View
from quality.reports.escape import csv_cell
from tests.sites import shown


def _clean(page):
    assert not page.exception, page.exception
    return page


def _html(page):
    return "\n".join(one.proto.body for one in page.get("html"))


def _row(page):
    """The number of the row that is shown in full."""
    return int(_html(page).split('aria-label="Row ')[1].split('"')[0])


def _rows(site, where=ALL, **options):
    return [one.row for one in site.index.page(where, **options)]


def _open(site, **params):
    """The page with that address."""
    page = shown(site, "rows")
    for name, value in params.items():
        page.query_params[name] = value
    return _clean(page.run())


def test_the_first_row_is_shown_and_next_leads_on(file_site):
    page, rows = _clean(shown(file_site, "rows")), _rows(file_site)
    assert _row(page) == rows[0]
    assert page.button(key="step_-1").disabled
    page.button(key="step_1").click().run()
    assert (_row(_clean(page)), page.query_params["row"]) == (rows[1], "2")
    page.button(key="step_-1").click().run()
    assert _row(page) == rows[0]
    for _ in rows[1:]:
        page.button(key="step_1").click().run()
    assert _row(_clean(page)) == rows[-1]
    assert page.button(key="step_1").disabled


def test_a_filter_is_in_the_address_and_the_address_is_a_filter(file_site):
    page = _clean(shown(file_site, "rows"))
    page.text_input(key="filter_text").set_value("  capital of Italy ").run()
    assert page.query_params["text"] == "capital of Italy"
    found = _rows(file_site, Filter(text="capital of Italy"))
    assert len(found) == 1
    assert _row(_clean(page)) == found[0]
    shared = _open(file_site, text="capital of Italy", order="worst")
    assert _row(shared) == found[0]
    assert shared.text_input(key="filter_text").value == "capital of Italy"
    shared.button(key="filter_all").click().run()
    assert _row(_clean(shared)) == _rows(file_site, order=Order.WORST)[0]


def test_a_new_filter_starts_at_its_first_row(file_site):
    page = _open(file_site, row="5")
    page.selectbox(key="filter_passed").set_value("no").run()
    assert "row" not in page.query_params
    assert _row(_clean(page)) == _rows(file_site, Filter(passed=False))[0]


@pytest.mark.parametrize(
    "params",
    [
        {"row": "999999"},
        {"row": "-1", "page": "99"},
        {"text": "no row has this"},
        {"rule": "NOPE", "label": "<script>", "from": "nan", "state": "x"},
        {"state": "accepted"},
    ],
)
def test_no_address_breaks_the_page(file_site, params):
    page = _open(file_site, **params)
    assert page.title[0].value == "Rows"


def test_what_was_chosen_is_there_again_after_another_page(file_site):
    page = shown(file_site, "rows")
    page.text_input(key="filter_text").set_value("Italy").run()
    page.query_params.clear()
    page.session_state["arrived"] = True
    page.run()
    assert page.text_input(key="filter_text").value == "Italy"
    page.query_params.clear()
    page.session_state["arrived"] = False  # the back button
    page.run()
    assert page.text_input(key="filter_text").value == ""


def test_hostile_rows_are_text_on_every_row(file_site):
    page = _clean(shown(file_site, "rows"))
    for one in file_site.index.page():
        page.query_params["row"] = str(one.number)
        _clean(page.run())
        for sign in ("<script", "<img", "\u202e", "\u200b", "href="):
            assert sign not in _html(page).split("</style>")[-1], sign
    for one in [*page.markdown, *page.caption, *page.title, *page.header, *page.subheader]:
        assert "evil.example" not in one.value


def test_cells_of_the_list_are_visible_lines(course_site):
    names = {one.key: one.label for one in course_site.index.groups()}
    columns = listing.table(course_site.index.page(size=100), names)
    texts = [cell for cells in columns.values() for cell in cells if isinstance(cell, str)]
    assert any("\\u202e" in one for one in texts)
    assert not any(sign in one for one in texts for sign in "\u202e\u200b\n\x07")
    assert "Group" not in listing.table(course_site.index.page(), {})


def test_the_list_is_a_csv_without_formulas(course_site):
    view = View(order=Order.WORST)
    text = listing.as_csv(course_site, view).decode("utf-8-sig")
    header, *lines = csv.reader(io.StringIO(text))
    assert tuple(header) == listing.HEADER
    rows = course_site.index.page(size=1000, order=Order.WORST)
    assert [line[1] for line in lines] == [str(one.row) for one in rows]
    assert [line[2] for line in lines] == [csv_cell(one.id) for one in rows]
    assert not any(cell.startswith(("=", "+", "-", "@", "\t")) for line in lines for cell in line)
    assert any(cell.startswith("'=") for line in lines for cell in line)


def test_pages_of_the_list_hold_every_row_once(course_site, monkeypatch):
    monkeypatch.setattr(listing, "SIZE", 5)
    whole = [one.number for one in course_site.index.page(size=1000)]
    pages = [listing.page(course_site, View(page=at)) for at in range(1, -(-len(whole) // 5) + 1)]
    assert [one.number for page in pages for one in page.rows] == whole
    assert listing.page(course_site, View(page=999)).rows == pages[-1].rows


def test_rows_are_found_by_the_state_of_their_review(course_site):
    from grading.book import reviews

    first, second, _ = course_site.index.page(size=3)
    with course_site.book.writing() as db:
        for one, state in ((first, "accepted"), (second, "flagged")):
            entry = course_site.index.entry(one.number)
            reviews.save(
                db,
                one.key.group,
                one.key.ref,
                row_id=one.id,
                content=entry.content,
                state=state,
                label=None,
                comment="",
                who="ta",
                expected=0,
            )
    assert [one.number for one in listing.page(course_site, View(state="accepted")).rows] == [first.number]
    unseen = listing.page(course_site, View(state="none", order=Order.WORST))
    assert unseen.total == course_site.index.count() - 2
    assert {first.number, second.number}.isdisjoint(one.number for one in unseen.rows)
    scores = [one.score for one in unseen.rows if one.score is not None]
    assert scores == sorted(scores)
    assert set(address.STATES) == {*reviews.STATES, "none"}
