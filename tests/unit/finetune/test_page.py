"""docs/finetune.md names what there is, and nothing else."""

import ast
import json
import re
from pathlib import Path

import pytest
import typer

from finetune import cli as finetune_cli
from finetune.notebook.notebook import Choices, notebook
from finetune.rows.prompt_template import INSTRUCTION, OUTPUT
from finetune.run_folder import RunFolder
from quality import cli as quality_cli

PAGE = (Path(__file__).parents[3] / "docs" / "finetune.md").read_text(encoding="utf-8")


def _options(app):
    commands = typer.main.get_command(app).commands
    return {name: {option for p in command.params for option in p.opts} for name, command in commands.items()}


COMMANDS = {"finetune": _options(finetune_cli.app), "quality": _options(quality_cli.app)}


def test_every_option_exists():
    known = set().union(*COMMANDS["finetune"].values(), *COMMANDS["quality"].values())
    named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", PAGE))
    assert named <= known
    assert "--accept-versions" in named  # the pattern finds them


@pytest.mark.parametrize("line", re.findall(r"^(?:finetune|quality) .*", PAGE, re.MULTILINE))
def test_every_command_line_has_options_of_its_command(line):
    program, command, *words = line.partition("#")[0].split()
    given = {word for word in words if word.startswith("-")}
    assert given <= COMMANDS[program][command]


def test_every_command_has_its_place():
    for name in COMMANDS["finetune"]:
        assert f"finetune {name}" in PAGE


def test_the_settings_are_those_of_the_notebook():
    cells = {cell["id"]: "".join(cell["source"]) for cell in json.loads(notebook(Choices()))["cells"]}
    settings = {line.targets[0].id for line in ast.parse(cells["settings"]).body}
    table = PAGE.partition("| setting |")[2].partition("\n\n")[0]
    assert set(re.findall(r"`([A-Z][A-Z_]+)`", table)) == settings


def test_files_and_placeholders_are_called_so():
    run = RunFolder(Path("DIR"))
    for path in (run.adapter, run.loss_csv, run.loss_png, run.record, run.checkpoints):
        assert path.name in PAGE
    assert INSTRUCTION in PAGE
    assert OUTPUT in PAGE
