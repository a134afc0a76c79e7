from streamlit.testing.v1 import AppTest

from dashboard import site as sites
from dashboard.cohort import table
from dashboard.cohort.known import known
from dashboard.model import ALL, About
from dashboard.pages import overview
from dashboard.site import Opening
from quality.model import Finding, Severity
from tests.sites import one_file, shown


def _clean(page):
    assert not page.exception, page.exception
    return page


def _metrics(page):
    return {one.label: one.value.replace("\\", "") for one in page.metric}


def _html(page):
    return "\n".join(one.proto.body for one in page.get("html"))


def test_a_file_is_shown_in_numbers_with_the_gates_word(file_site):
    totals = file_site.index.totals()
    page = _clean(shown(file_site, "overview"))
    assert _metrics(page)["Rows"] == f"{totals.rows:,}"
    assert _metrics(page)["Errors"] == str(
        sum(one.findings for one in totals.rules if one.severity == "error")
    )
    assert "not ready to train" in _html(page)
    for reason in file_site.index.about().verdict["reasons"]:
        assert reason.split("`")[0][:30] in _html(page)


def test_findings_about_the_whole_table_are_counted(file_site):
    finding = Finding("PRM001", "variety", Severity.WARNING, None, "", "instruction", "alike")
    totals = file_site.index.totals()
    among_rows = overview.findings(About("", ""), totals, "warning")
    assert overview.findings(About("", "", findings=(finding,)), totals, "warning") == among_rows + 1


def test_the_rows_of_a_bar_are_those_that_it_counts(file_site):
    for place, number in enumerate(file_site.index.totals().bins):
        low, high = 10.0 * place, 10.0 * (place + 1)
        where = overview.of_bin(ALL, low, high)
        assert file_site.index.count(where) == number
        assert (where.highest < high) == (high < 100)


def test_a_file_without_rows_says_so(tmp_path):
    site = one_file(tmp_path, [])
    for page in ("overview", "rows"):
        assert "The file has no rows." in _html(_clean(shown(site, page)))


def test_hostile_labels_stay_text(file_site, course_site):
    for site in (file_site, course_site):
        page = _clean(shown(site, "overview"))
        assert "<script" not in _html(page)
        assert "<img" not in _html(page)
        for one in [*page.markdown, *page.caption]:
            assert "evil.example" not in one.value


def test_a_course_is_shown_as_a_whole_and_by_group(course_site):
    whole = course_site.index.totals()
    page = _clean(shown(course_site, "overview"))
    assert _metrics(page)["Rows"] == f"{whole.rows:,}"
    first = course_site.index.groups()[0]
    page.multiselect(key="filter_groups").set_value([first.key]).run()
    assert _metrics(_clean(page))["Rows"] == f"{first.rows:,}"
    assert page.query_params["group"] == first.key
    groups = page.dataframe[-1].value
    lines = {one.key: one for one in table.lines(known(course_site.book, course_site.course))}
    told = groups["For a person to look at"].tolist()
    assert told == [
        ", ".join((*lines[one.key].needs, *lines[one.key].notes)) for one in course_site.index.groups()
    ]
    assert any(told)


def test_a_bar_can_be_followed_without_a_mouse(file_site):
    sites.hold(file_site)
    try:
        page = _clean(AppTest.from_function(_app, default_timeout=20).run())
        assert page.title[0].value == "Overview"
        page.selectbox(key="choose_rule").select_index(0)
        rule = page.selectbox(key="choose_rule").value.split()[0]
        page.button(key="show_rule").click().run()
        assert _clean(page).title[0].value == "Rows"
        assert page.multiselect(key="filter_codes").value == [rule]
        assert page.query_params["rule"] == rule
    finally:
        sites.hold(Opening())


def _app():
    from dashboard import app

    app.main()
