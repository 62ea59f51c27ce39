# Everything a person or a machine does with this repository. `make` alone lists it.

PYTHON ?= python3
LOCALE ?=
BIN := .venv/bin
export NO_MKDOCS_2_WARNING := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help site shard shards serve test catalogs locale check bench bench-search bench-lighthouse clean

help: ## list the commands
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

site: .venv/site ## build the site, every language, to site/
	$(BIN)/mkdocs build --strict

shard: .venv/site ## build one language alone, to .venv/shards/ko: make shard LOCALE=ko
	ANNAI_LOCALES=$(LOCALE) $(BIN)/mkdocs build --strict --site-dir .venv/shards/$(LOCALE)

shards: .venv/site ## build each language alone, and join them to site/: the same site as `make site`
	rm -rf .venv/shards
	export SOURCE_DATE_EPOCH=$${SOURCE_DATE_EPOCH:-$$(date +%s)}; \
	for locale in $$($(BIN)/annai locales); do $(MAKE) shard LOCALE=$$locale || exit 1; done
	$(BIN)/annai join site .venv/shards/*

serve: .venv/site ## show the site at http://127.0.0.1:8000, and again after every edit
	$(BIN)/mkdocs serve --dev-addr 127.0.0.1:8000

test: .venv/test ## run every test
	sh tests/install.sh
	$(BIN)/python -m pytest --numprocesses auto

catalogs: .venv/site ## bring messages.pot and every catalog up to date with the pages
	$(BIN)/annai update

locale: .venv/site ## start a new language: make locale LOCALE=ko
	$(BIN)/annai new $(LOCALE)

check: .venv/site ## list everything that is wrong with catalogs and links
	$(BIN)/annai check
	$(BIN)/mkdocs build --strict --site-dir .venv/check

bench: .venv/test ## measure against Hugo, Zensical, Sphinx and MkDocs with mkdocs-static-i18n
	$(BIN)/python -m tests.bench

bench-search: .venv/test ## measure the search against the theme's and Pagefind
	$(BIN)/pip install --quiet 'pagefind[extended]>=1.5,<2'
	$(BIN)/python tests/finding/bench.py

bench-lighthouse: .venv/test ## let Lighthouse judge the home page, an article and the checklist
	sh tests/install.sh
	PATH="$(CURDIR)/$(BIN):$$PATH" npm install --prefix .venv/node --no-audit --no-fund --silent lighthouse@12
	$(BIN)/python tests/lighthouse.py

clean: ## remove what the other commands made
	rm -rf .venv .cache/annai site site-pseudo

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/site: pyproject.toml | .venv/bin/python
	$(BIN)/pip install --quiet --editable .
	@touch $@

.venv/test: pyproject.toml | .venv/bin/python
	$(BIN)/pip install --quiet --editable '.[test]'
	@touch $@ .venv/site
