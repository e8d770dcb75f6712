#!/bin/bash
# Type-checks and runs the tests of what runs in browsers (Tests/Web/*.test.ts) with Node's own test runner.
#
# usage: tools/web-test.sh [name part]
set -euo pipefail
shopt -s nullglob
cd "$(dirname "${BASH_SOURCE[0]}")/.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
tsc -p Tests/Web
NODE_PATH=/usr/share/nodejs esbuild Tests/Web/*"${1:-}"*.test.ts --bundle --platform=node --target=node20 --sourcemap=inline --log-level=warning \
    --out-extension:.js=.mjs --format=esm --outdir="$folder"
NODE_OPTIONS=--enable-source-maps node --test "$folder"
