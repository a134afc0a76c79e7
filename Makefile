# Two commands do all the set-up: `make demo` and `make test`. Both need Python 3.11+ and a package index, nothing else.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
HOMEWORK := examples/homework
LANGS ?= en

.DEFAULT_GOAL := help
.PHONY: help demo test lint lowest docs bench languagetool clean

help:
	@echo "make demo   install, check the example homework, show why the gate refuses"
	@echo "make test   install the development tools and pass the tests"
	@echo "make lint   ruff, pyright, import-linter"
	@echo "make lowest pass the quick tests on the oldest versions that pyproject.toml admits"
	@echo 'make languagetool LANGS="en de fr"   get the thorough grammar engine from Maven Central; needs Java 17 and Maven'
	@echo "make docs   write docs/rules.md and docs/fail_modes.md anew from the rules themselves"
	@echo "make bench CORPORA=DIR   measure checkers and speed on real text"

$(VENV)/.core: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.core
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev,finetune,grading,postgresql,dashboard]' -c constraints.txt
	@touch $@

demo: $(VENV)/.core
	@$(BIN)/python examples/demo.py

test: $(VENV)/.dev
	$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

lint: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/pyright
	$(BIN)/lint-imports

lowest: export UV_SYSTEM_CERTS = 1
lowest: export UV_NATIVE_TLS = 1
lowest: $(VENV)/.dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(BIN)/uv pip compile --quiet --resolution lowest-direct --only-binary :all: pyproject.toml --extra embedding --extra judge --extra finetune --extra grading --extra postgresql --extra dashboard --extra oidc -o $(VENV)/lowest.txt
	$(BIN)/uv venv --quiet --clear --python $(BIN)/python $(VENV)-lowest
	VIRTUAL_ENV=$(VENV)-lowest $(BIN)/uv pip install --quiet --only-binary :all: -r $(VENV)/lowest.txt pytest hypothesis jsonschema filelock nbformat pip protobuf ruff
	PYTHONPATH=$(CURDIR) $(VENV)-lowest/bin/python -m pytest tests/unit tests/property -m "not slow and not languagetool"

languagetool: $(VENV)/.core
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[languagetool]' -c constraints.txt
	$(BIN)/python -m quality.engines.languagetool.install $(LANGS)
	$(BIN)/quality engines

docs: $(VENV)/.dev
	$(BIN)/python -m quality.rulebook > docs/rules.md
	$(BIN)/python -m quality.correction.evidence.book > docs/fail_modes.md

BENCHMARKS := check grammar languagetool near_duplicate text_checks prompt prompts compliance non_answers tone \
	personal_data ai_signals contract strong_answers edits rewrites fail_mode facts facts_given finetune cohort
bench: $(VENV)/.dev
	for name in $(BENCHMARKS); do $(BIN)/python benchmarks/$$name.py --corpora $(CORPORA) || exit 1; done

clean:
	rm -rf $(VENV) $(VENV)-lowest report.html build dist
