"""The page of the guide and its rules."""

from tests import sites


def test_the_rules_are_listed_and_found(file_site):
    page = sites.shown(file_site, "guide")
    assert not page.exception
    whole = page.dataframe[0].value
    assert whole["findings here"].sum() == sum(one.findings for one in file_site.index.totals().rules) > 0
    page.toggle(key="guide_fired").set_value(True).run()
    assert (page.dataframe[0].value["findings here"] > 0).all()
    page.text_input(key="guide_text").set_value("no rule says this").run()
    assert not page.dataframe


def test_the_address_names_a_rule(file_site):
    page = sites.shown(file_site, "guide")
    page.query_params["rule"] = "grm001"
    page.run()
    assert page.header[0].value.startswith("GRM001")
    assert [one.value for one in page.subheader][:3] == ["What it flags", "Why that is bad", "What to do"]
    page.button(key="guide_back").click().run()
    assert not page.header
    page.query_params["rule"] = "<script>alert(1)</script>"
    page.run()
    assert not page.exception
    assert not page.header
    assert len(page.dataframe) == 1


def test_the_style_guide_is_shown(file_site):
    page = sites.shown(file_site, "guide")
    page.session_state["guide_view"] = "Style guide"
    page.run()
    assert not page.exception
    modes, policy = (one.value for one in page.dataframe)
    assert len([one for one in page.caption if "score" in one.value]) == len(file_site.guide.criteria)
    assert len(modes) == len(file_site.guide.fail_modes)
    assert policy["value"].str.contains("90.0%").any()
