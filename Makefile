# Tidewaiter. `make screen` screens the example file; `make test` runs the whole suite; `make check` runs every check.
SHELL := /bin/bash
VENV ?= .venv
PY := $(VENV)/bin/python
BIN := $(VENV)/bin
AS_OF ?= 2026-11-24
MODELS_VERSION ?= 2026.11.2

.PHONY: help screen test check fix bench speed spark models evaluate indicators-page coverage-page golden setup dev clean

help: ## Say what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(VENV)/.base: pyproject.toml constraints.txt scripts/venv.sh
	@bash scripts/venv.sh $(VENV)
	@$(PY) -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.base
	@$(PY) -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

$(VENV)/.spark: $(VENV)/.dev
	@$(PY) -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev,spark]'
	@touch $@

spark: $(VENV)/.spark ## Add PySpark for `--engine spark` and its tests (450 MB; needs Java 17)

setup: $(VENV)/.base ## Create the environment

dev: $(VENV)/.dev ## Create the environment with the tools for development

out/lists/.imported: examples/lists/invented.csv $(VENV)/.base
	@mkdir -p out/lists
	@$(BIN)/tidewaiter lists import examples/lists/invented.csv --code invented --dated 2026-11-01 --lists out/lists --quiet
	@touch $@

screen: $(VENV)/.base out/lists/.imported ## Screen the example declarations; writes out/report.html and out/screenings.jsonl
	@$(BIN)/tidewaiter screen examples/declarations.csv --lists out/lists --as-of $(AS_OF) -o out/screenings.jsonl -o out/report.html --summary || test $$? -eq 1
	@echo "The report is out/report.html, the screenings are out/screenings.jsonl."

test: $(VENV)/.dev ## Run the whole test suite
	@$(BIN)/pytest -n auto

check: $(VENV)/.dev ## Format, lint, types, imports, packs, no loss of speed
	@$(BIN)/ruff format --check src tests
	@$(BIN)/ruff check src tests
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/tidewaiter pack lint packs
	@$(BIN)/tidewaiter pack test packs
	@$(BIN)/tidewaiter bench ratio evaluation/speed.json --quiet

speed: $(VENV)/.base ## Write the speed of each stage anew, as ratios to a fixed workload, after a change that was meant
	@$(BIN)/tidewaiter bench ratio evaluation/speed.json --renew

fix: $(VENV)/.dev ## Format and mend what can be mended
	@$(BIN)/ruff format src tests
	@$(BIN)/ruff check --fix src tests

golden: $(VENV)/.dev ## Write the golden screenings anew; the difference is the review
	@TIDEWAITER_UPDATE_GOLDEN=1 $(BIN)/pytest -q tests/golden

models: $(VENV)/.dev ## Train the light models anew from the shared data (TIDEWAITER_DATA) and write their card
	@$(PY) -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[train]'
	@$(PY) scripts/train_models.py $(MODELS_VERSION)
	@$(PY) scripts/train_names.py $(MODELS_VERSION)

evaluate: $(VENV)/.dev ## Measure the goods engine and the matching of names on labelled and written text
	@$(PY) -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[train]'
	@status=0; $(BIN)/tidewaiter goods evaluate || status=$$?; $(BIN)/tidewaiter party evaluate || status=$$?; exit $$status

indicators-page: $(VENV)/.base ## Write the page of indicators from their pack
	@$(PY) scripts/indicators_page.py

coverage-page: $(VENV)/.base ## Write docs/reference/coverage.md anew from the packs
	@$(BIN)/tidewaiter pack export packs --what coverage -o docs/reference/coverage.md

bench: $(VENV)/.base ## Measure the whole way on generated declarations
	@$(BIN)/tidewaiter bench

clean: ## Remove what was made
	@rm -rf out .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
