from streamlit.testing.v1 import AppTest

from dashboard import site as sites
from dashboard.site import Opening
from quality.errors import InputError


def look():
    from dashboard import site as sites
    from dashboard.pages import waiting

    waiting.show(sites.held())


def shown(state):
    before = sites.held()
    sites.hold(state)
    try:
        return AppTest.from_function(look).run()
    finally:
        sites.hold(before)


def test_it_tells_how_far_the_opening_is():
    page = shown(Opening("texts", 1234, 5000))
    assert not page.exception
    assert [one.value for one in page.text] == ["Opening: texts", "1,234 of 5,000"]


def test_it_tells_why_it_could_not_be_opened_and_what_to_do():
    page = shown(
        InputError("has no rows [x](http://evil.example)", where="data.csv", remedy="name another file")
    )
    assert not page.exception
    said = " ".join(str(one.proto) for one in page.main)
    assert "has no rows" in said
    assert "name another file" in said
    assert "Ctrl-C" in said
