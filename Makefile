# The project's tasks; `make` alone lists them.
PYTHON := .venv/bin/python
unexport PYTHONDONTWRITEBYTECODE  # else every process compiles each test and module anew

.DEFAULT_GOAL := help
.PHONY: help install fast test check format serve foreign listen container pythons picture built

help: ## list the tasks
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

install: ## make an environment in .venv with everything
	python3 -m venv .venv
	.venv/bin/pip install -c constraints.txt -e ".[test]"

fast: ## the quick tests: no browser, server or PostgreSQL, no walk over the whole content
	$(PYTHON) -m pytest -n auto -q -m "not browser and not server and not postgresql and not slow"

test: ## all tests
	$(PYTHON) -m pytest -n auto

check: ## format, lint, types and content
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy explorer
	.venv/bin/anakinra-explorer check

format: ## format the code and mend what can be mended
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .

serve: ## run the app on this machine
	.venv/bin/anakinra-explorer

foreign: ## read our files with programs of others: w3m (Debian), packages of npm and PyPI
	npm install --no-save --prefix build/foreign gift-pegjs@1.0.2 scorm-again@3.4.3 @lumieducation/h5p-server@10.0.4 @learninglocker/xapi-validation@3.0.0
	python3 -m venv build/foreign/python
	build/foreign/python/bin/pip install -q anki==26.9.3 lxml==6.1.3 olxcleaner==0.3.0 moodle-xml-parser==0.3.1 onyx2moodle==0.1.0 qti2latex==0.1.6
	NODE_PATH=$(CURDIR)/build/foreign/node_modules \
	FOREIGN_PYTHON=$(CURDIR)/build/foreign/python/bin/python $(PYTHON) -m pytest -m foreign

listen: ## walk the pages with a screen reader (Debian: xvfb at-spi2-core orca dbus openbox xdotool chromium espeak-ng poppler-utils)
	EXPLORER_TRANSCRIPTS=build/listening $(PYTHON) -m pytest -m listen -p no:xdist tests/listening

container: ## build the image and run compose.yaml, as root (Debian: podman runc debootstrap openssl iptables netavark aardvark-dns)
	python3 -m venv build/container/python
	build/container/python/bin/pip install -q podman-compose==1.6.0
	PATH="$(CURDIR)/build/container/python/bin:$$PATH" $(PYTHON) -m pytest -m container -p no:xdist -s tests/container

pythons: ## start and test on each Python that we name, and on the lowest versions we allow
	$(PYTHON) -m tests.pythons

picture: ## take the README's picture from the running app
	$(PYTHON) -m tests.picture

built: ## rewrite the files that are made from others
	$(PYTHON) -m tests.built
