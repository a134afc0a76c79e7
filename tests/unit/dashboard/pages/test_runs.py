"""The page of fine-tunes."""

import shlex
from dataclasses import replace
from pathlib import Path

from dashboard.site import Named
from grading.book import hand_ins
from grading.model import Role
from quality import lineage
from quality.lineage import Bundle
from tests import recorded_run, sites


def subheaders(page):
    assert not page.exception
    return [one.value for one in page.subheader]


def test_without_a_run_the_commands_stand_there(file_site):
    page = sites.shown(file_site, "runs")
    assert "finetune run data.csv" in page.code[0].value


def test_a_command_takes_the_name_of_the_file_for_one_word(file_site):
    options = replace(file_site.file.options, data=Path("$(touch x); my.csv"))
    site = replace(file_site, file=replace(file_site.file, options=options))
    for page in ("runs", "predictions"):
        words = shlex.split(sites.shown(site, page).code[0].value)
        assert words[words.index("dashboard") + 1] == "$(touch x); my.csv"


def test_a_folder_is_shown_whole(file_site, tmp_path):
    run = recorded_run.folder(tmp_path / "RUN")
    page = sites.shown(replace(file_site, named=Named(run=run)), "runs")
    assert subheaders(page) == ["Training loss", "Rows", "Gate record", "Configuration"]
    assert [one.value for one in page.metric][:2] == ["2.900", "1.800"]
    told = dict(zip(page.dataframe[1].value[""], page.dataframe[1].value["gate record"], strict=True))
    assert (told["verdict"], told["rows"], told["rows that do not pass"]) == ("open", "5", "1")
    assert "\u202e" not in page.dataframe[2].value.to_string()


def test_the_records_beside_predictions_do(file_site, tmp_path):
    predictions = tmp_path / "p.csv"
    lineage.write_bundle(lineage.side_file(predictions), Bundle(run=recorded_run.run()))
    page = sites.shown(replace(file_site, named=Named(predictions)), "runs")
    assert subheaders(page) == ["Training loss", "Rows", "Configuration"]


def test_a_folder_without_a_run_is_a_sentence(file_site, tmp_path):
    page = sites.shown(replace(file_site, named=Named(run=tmp_path)), "runs")
    assert subheaders(page) == []


def test_groups_stand_beside_one_another_and_one_is_read(course_site):
    with course_site.book.reading() as db:
        notebooks = [one.files[Role.NOTEBOOK] for one in hand_ins.current(db).values()]
    recorded_run.notebook(notebooks[0])
    recorded_run.notebook(notebooks[1], losses=((1, 5.0), (2, 4.0)))
    page = sites.shown(course_site, "runs")
    assert subheaders(page) == []
    table = page.dataframe[0].value
    assert list(table["steps"].fillna(0)) == [12, 2, 0]
    assert len(page.multiselect[0].options) == 2
    assert "no output of the notebook" in table["what is missing"].iloc[2]

    key = f"runs_{hash(tuple(one.key for one in course_site.index.groups()))}"
    for row, heads in ((0, 5), (2, 1), (7, 0)):
        page.session_state[key] = {"selection": {"rows": [row], "columns": [], "cells": []}}
        page.run()
        assert len(subheaders(page)) == heads
