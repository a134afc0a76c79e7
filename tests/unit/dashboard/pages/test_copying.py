"""The page *Copying* on a graded course with a hostile group, and on a single file."""

import json
from dataclasses import replace

import pytest

from dashboard.cohort.known import known
from grading.book import documents, pairs
from tests import sites
from tests.graded import CANARY, HOSTILE
from tests.graded_site import graded_site


@pytest.fixture
def site(tmp_path):
    signal = {
        "kind": "labels",
        "groups": ["g001", "g002", "g003"],
        "sentence": HOSTILE,
        "count": 2,
        "detail": {},
    }
    with graded_site(tmp_path) as one:
        with one.book.writing() as db:
            documents.put(db, "", "signals", "0" * 64, [signal])
            documents.put(db, "g002", "answers", "0" * 64, {"outputs": {"1": f"{CANARY} their"}})
        yield one


def texts(test):
    return "\n".join(one.value for one in test.text)


def chosen(test, site, row, **state):
    """The page with that row of the table of all pairs chosen."""
    table = f"copying_table_{known(site.book, site.course).state[:12]}_None_False_0"
    test.session_state[table] = {"selection": {"rows": [row], "columns": [], "cells": []}}
    return test.run()


def test_without_a_course_the_page_says_what_it_is_for(site):
    test = sites.shown(replace(site, course=None), "copying")
    assert not test.exception
    assert "dashboard COURSE" in test.code[0].value


def test_a_course_that_was_not_compared_is_told_the_command(tmp_path):
    with graded_site(tmp_path) as site:
        with site.book.writing() as db:
            pairs.put_all(db, [])
        assert sites.shown(site, "copying").code[0].value == "grading run"


def test_names_are_hidden_until_they_are_asked_for(site):
    test = sites.shown(site, "copying")
    assert not test.exception
    assert "never a verdict" in texts(test)
    assert "2 pairs, 1 candidate" in texts(test)
    assert "Güneş" not in json.dumps([one.value.to_dict() for one in test.dataframe], ensure_ascii=False)
    test.toggle(key="copying_named").set_value(True).run()
    assert not test.exception
    table = test.dataframe[-1].value
    assert table["Group"][0] == "g002 Güneş Işığı"
    assert "\u202e" not in str(table.to_dict())
    assert "\u202e" not in texts(test)


def test_what_most_share_is_said_to_look_so_for_an_easy_task_too(site):
    assert "More than half of the groups share this" in texts(sites.shown(site, "copying"))


def test_a_chosen_pair_shows_its_rows_beside_the_sheet(site):
    test = chosen(sites.shown(site, "copying"), site, 0)
    assert not test.exception
    assert "g002 and g003: similarity 0.900" in texts(test)
    assert test.query_params["pair"] == "g002 g003"
    assert "not in the book" in texts(test)  # of g003 no answer is known
    assert "hi their" in str([one.proto.body for one in test.get("html")]).replace("</mark>", "").replace(
        '<mark class="pg-warning" title="made by 2 groups, weight 1.0">', ""
    )
    assert test.dataframe[-1].value["Both wrote"][0] == CANARY


def test_a_choice_without_evidence_or_beyond_the_table_shows_no_rows(site):
    test = sites.shown(site, "copying")
    for row in (1, 2, 99):
        chosen(test, site, row)
        assert not test.exception
        assert "not in the book" not in texts(test)


def test_pairs_are_filtered_by_group(site):
    test = sites.shown(site, "copying")
    test.selectbox(key="copying_group").set_value("g001").run()
    assert len(test.dataframe[-1].value) == 1
    test.toggle(key="copying_only").set_value(True).run()
    assert "No pair is like that." in texts(test)
