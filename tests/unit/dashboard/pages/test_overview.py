from streamlit.testing.v1 import AppTest

from dashboard import site as sites
from dashboard.site import Opening
from tests.sites import shown


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
