"""The page of answers: comparing, voting blind, where they come from."""

from dataclasses import replace

import pytest

from dashboard.answers import blind, judging, sources
from dashboard.site import Named
from grading.book import votes
from grading.book.votes import Choice
from tests import answered, sites

VIEW = "answers_view"


@pytest.fixture
def site(file_site, tmp_path):
    return answered.with_predictions(file_site, tmp_path)


@pytest.fixture
def page(site):
    return sites.shown(site, "predictions")


def voting(page):
    page.session_state[VIEW] = "Blind vote"
    page.run()
    assert not page.exception
    return page


def buttons(page):
    return {one.label: one for one in page.button}


def kept(site):
    with site.book.reading() as db:
        return [(vote.ref, vote.choice) for vote in votes.of_group(db, "")]


def sides(site, page):
    """Side by side of the pair on the page, with the letter of the tuned model's answer."""
    with site.book.reading() as db:
        seed = votes.seed(db)
    ref = next(one.key for one in page.button if one.label == "A is better").split("_")[-2]
    return ref, "A" if blind.tuned_is_left(seed, "", ref) else "B"


def test_without_predictions_the_commands_stand_there(file_site):
    page = sites.shown(file_site, "predictions")
    assert "--compare-base" in page.code[0].value
    assert "dashboard data.csv --predictions" in page.code[0].value


def test_both_sides_are_shown_in_numbers_and_one_pair_in_full(page):
    assert not page.exception
    assert page.metric[0].value.endswith(")")
    assert list(page.dataframe[0].value["tuned"])[2:4] == ["4", "1"]  # answered, empty
    assert [one.value for one in page.subheader] == ["Prompt", "Tuned", "Base"]
    assert len(page.dataframe[1].value) == 5


def test_the_list_is_filtered(page):
    page.selectbox(key="answers_better").set_value("tuned worse").run()
    assert "t5" in list(page.dataframe[1].value["id"])
    page.text_input(key="answers_text").set_value("no such words").run()
    assert len(page.dataframe) == 1


def test_a_vote_is_kept_for_the_model_that_stood_there_and_can_be_taken_back(site, page):
    voting(page)
    ref, tuned = sides(site, page)
    buttons(page)[f"{tuned} is better"].click().run()
    assert kept(site) == [(ref, Choice.TUNED)]
    buttons(page)["Take it back"].click().run()
    assert kept(site) == []
    assert sides(site, page) == (ref, tuned)


def test_nothing_tells_whose_an_answer_is_before_the_vote_is_settled(site, page):
    voting(page)
    for _ in range(2):
        words = [one.value for kind in ("text", "caption", "subheader") for one in getattr(page, kind)]
        words += [one.label for one in page.button] + [one.key for one in page.button]
        assert not any(word in text for text in words for word in ("tuned", "base", "score"))
        assert not page.metric
        assert not page.dataframe
        buttons(page)["Tie"].click().run()
    buttons(page)["Show whose they were"].click().run()
    assert any("tuned model" in one.value for one in page.text)
    assert "Take it back" not in buttons(page)
    assert page.dataframe[0].value["tie"][0] == 2


def test_hammering_a_key_votes_on_no_unseen_pair(site, page):
    voting(page)
    first = buttons(page)["A is better"]
    first.click().run()
    assert first.key not in [one.key for one in page.button]


def test_all_voted_is_said_and_changed_answers_ask_again(site, page, tmp_path):
    voting(page)
    while "Tie" in buttons(page):
        buttons(page)["Tie"].click().run()
    assert len(kept(site)) == 4  # the fifth pair has the same answer twice
    other = answered.with_predictions(site, tmp_path, first=answered.TUNED[3])
    again = voting(sites.shown(other, "predictions"))
    assert "Tie" in buttons(again)
    assert "1 vote on answers that have changed" in " ".join(one.value for one in again.caption)


def test_one_side_alone_says_what_gives_the_other(file_site, tmp_path):
    page = sites.shown(answered.with_predictions(file_site, tmp_path, base=False), "predictions")
    assert not page.exception
    assert not page.metric
    voting(page)
    assert "Tie" not in buttons(page)


def test_what_cannot_be_read_is_a_sentence(file_site, tmp_path):
    page = sites.shown(replace(file_site, named=Named(tmp_path / "none.csv")), "predictions")
    assert not page.exception


def test_lineage_is_said_in_words(page):
    page.session_state[VIEW] = "Lineage"
    page.run()
    assert not page.exception
    assert "no side file" in " ".join(one.proto.body for one in page.get("html"))


def test_a_group_of_a_course_is_chosen(course_site):
    page = sites.shown(course_site, "predictions")
    assert not page.exception
    groups = sources.groups(course_site)
    assert len(page.selectbox[0].options) == len(groups) == len(page.dataframe[0].value)
    page.selectbox[0].set_value(groups[1]).run()
    assert not page.exception
    assert len(judging.judged(sources.given(course_site, groups[1]))) == len(sites.ANSWERS)
