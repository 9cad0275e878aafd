# The one door. `make run` and `make test` need Python 3.11 or newer and nothing else.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
INDEX ?= index
HOST ?= 127.0.0.1
PORT ?= 7860
SAMPLE := corpus/sample/articles
RESULTS := bench/results
SCALE ?= build/scale

.PHONY: run test check fix unit bench wheel docs clean help

help:                ## list the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 12

run: $(VENV)/.run    ## index the sample articles and open the chat
	@$(BIN)/pullquote index $(SAMPLE) --index $(INDEX)
	@PULLQUOTE_INDEX=$(INDEX) PULLQUOTE_HOST=$(HOST) PULLQUOTE_PORT=$(PORT) $(BIN)/python app.py

test: check unit     ## every check: format, lint, types, layers, all tests

check: $(VENV)/.dev  ## format, lint, types, import layers
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

unit: $(VENV)/.dev   ## unit, property, integration, browser and packaging tests
	$(BIN)/python -m pytest

fix: $(VENV)/.dev    ## format and mend what can be mended
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/.dev  ## quality and speed; with DATA=folder of QA data and PEERS=folder all of it
	$(BIN)/python -m bench.questions --out $(RESULTS)/questions.json
	$(BIN)/python -m bench.speed $(if $(PEERS),--peers $(PEERS)) --out $(RESULTS)/speed.json
ifdef DATA
	$(BIN)/python -m bench.retrieval --data $(DATA)/dev_squad_v2.json.gz --tune --out $(RESULTS)/retrieval_dev.json
	$(BIN)/python -m bench.retrieval --data $(DATA)/test_squad_v1.1.json.gz $(if $(PEERS),--peers $(PEERS)) \
		--out $(RESULTS)/retrieval.json
	$(BIN)/python -m bench.scale --data $(DATA)/train.json.gz --keep $(SCALE) --out $(RESULTS)/scale.json
	$(BIN)/python -m bench.retrieval --data $(DATA)/test_squad_v1.1.json.gz --distractors $(SCALE)/100000 \
		--out $(RESULTS)/retrieval_distractors.json
	$(BIN)/python -m bench.excerpts --data $(DATA)/dev_squad_v2.json.gz --out $(RESULTS)/excerpts.json
	$(BIN)/python -m bench.closed_collection --data $(DATA)/test_squad_v1.1.json.gz --limit 1500 \
		--out $(RESULTS)/closed_collection.json
endif
	$(BIN)/python -m bench.plots

wheel: $(VENV)/.dev  ## build the wheel
	$(BIN)/python -m build --wheel --no-isolation

docs: $(VENV)/.docs  ## build the documentation site into build/docs
	$(BIN)/python -m sphinx -W --keep-going -q -b html -d build/doctrees docs build/docs
	@echo "open build/docs/index.html"

clean:               ## remove the virtual environment and what was built
	rm -rf $(VENV) build dist *.egg-info

$(VENV)/.run: requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "pullquote needs Python 3.11 or newer; try: make PYTHON=python3.11 run")'
	@echo "Setting up $(VENV): 1.8 GB of packages, once; this takes some minutes."
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements-dev.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

$(VENV)/.docs: $(VENV)/.dev requirements-docs.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-docs.txt
	@touch $@
