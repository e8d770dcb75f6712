#!/bin/bash
# Runs targets of the Makefile one after the other, and says how long each took; the first failure ends it.
#
# usage: tools/stages.sh TARGET…
set -uo pipefail
for name in "$@"; do
    started=$SECONDS
    echo "=== $name"
    ${MAKE:-make} --no-print-directory "$name"
    code=$?
    if ((code != 0)); then
        echo "=== $name failed ($code) after $((SECONDS - started)) s"
        exit "$code"
    fi
    echo "=== $name passed in $((SECONDS - started)) s"
done
echo "=== all stages passed in $SECONDS s"
