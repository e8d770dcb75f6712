# make run    everything from nothing: installs, builds, and serves the demo
# make test   everything that has to be right before a change goes in
#
# Both are quick when there is nothing to do. `make help` names the rest.

SHELL := /bin/bash
.DEFAULT_GOAL := help

SWIFT_FOLDERS := Package.swift Sources Tests
PYTHON := .venv/bin/python
# The end-to-end tests use the binary of the test build, so that nothing is built twice.
export SWITCHBOARD_BINARY ?= $(CURDIR)/.build/debug/switchboard
# A terminal asks for colours; a log does not.
export PYTHONUNBUFFERED = 1

.PHONY: help bench run build web debug test install-build install-web install-test lint format swift-test web-test e2e \
	browser-test clean

help:
	@echo "make run      install what is missing, build, and serve the demo on http://127.0.0.1:8080"
	@echo "make test     lint, floors, Swift tests, web tests, end-to-end and browser tests"
	@echo "make build    the release binary in .build/release/switchboard"
	@echo "make web      the pages in .build/web"
	@echo "make bench    figures: durable pairs, idle visitors, widget size"
	@echo "make lint     check the form of the sources; make format mends it"
	@echo "make clean    remove everything that was built (not .data)"

run: build web
	@exec .build/release/switchboard demo $(ARGS)

install-build:
	@tools/install.sh build
install-web:
	@tools/install.sh web
install-test:
	@tools/install.sh build web test

build: install-build
	swift build -c release --product switchboard

web: install-web
	@if [ -x tools/web.sh ]; then tools/web.sh; fi

# --- checks, each usable alone; `test` does them in this order

test:
	@tools/stages.sh install-test lint debug swift-test web web-test e2e browser-test

lint:
	swift format lint --strict --parallel --recursive $(SWIFT_FOLDERS)

format:
	swift format --in-place --parallel --recursive $(SWIFT_FOLDERS)

# Builds everything with its tests, and holds the imports against the floors of Package.swift: a module that is imported
# without being a dependency is an error that the exit code alone tells.
debug: install-build
	swift build --build-tests --explicit-target-dependency-import-check error

swift-test:
	swift test --skip-build --disable-xctest

web-test:
	@if [ -x tools/web-test.sh ]; then tools/web-test.sh; fi

e2e: .venv/.installed
	$(PYTHON) -m pytest -q Tests/EndToEnd $(ARGS)

browser-test: .venv/.installed
	@# A browser on a busy machine can miss a deadline: what failed is run once more, and both runs are in the log.
	@$(PYTHON) -m pytest -q Tests/Browser $(ARGS) || { \
		echo "--- what failed, once more"; $(PYTHON) -m pytest -q --last-failed Tests/Browser $(ARGS); }

.venv/.installed: Tests/requirements.txt
	python3 -m venv --clear .venv
	.venv/bin/pip install --quiet --disable-pip-version-check -r Tests/requirements.txt
	@touch $@

clean:
	rm -rf .build .venv

# Figures of the release binary on this machine; quote them with the load that the first line names.
bench: build web .venv/.installed
	$(PYTHON) Benchmarks/figures.py $(ARGS)
