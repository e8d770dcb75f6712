#!/bin/bash
# Installs the Debian packages that are missing, and asks for nothing when none is.
#
# usage: tools/install.sh [build] [web] [test]      (without a word: build and web)
set -euo pipefail

declare -A packages=(
    [build]="g++ pkg-config git libwebsockets-dev libwebsockets-evlib-uv libuv1-dev libssl-dev libsodium-dev
        libphonenumber-dev libsqlite3-dev"
    [web]="esbuild node-typescript nodejs node-react node-react-dom brotli"
    [test]="python3 python3-venv chromium fonts-noto-cjk openssl sqlite3 curl"
)

parts=("$@")
((${#parts[@]})) || parts=(build web)
wanted=()
for part in "${parts[@]}"; do
    [[ -n ${packages[$part]:-} ]] || { echo "install: there is no part $part" >&2; exit 64; }
    wanted+=(${packages[$part]})
done

if ! command -v swift >/dev/null; then
    echo "install: Swift 6.3 or newer is needed: see https://www.swift.org/install/linux/" >&2
    exit 69
fi

if ! command -v dpkg-query >/dev/null; then
    echo "install: this is no Debian; these packages are needed: ${wanted[*]}" >&2
    exit 0
fi

missing=()
for package in "${wanted[@]}"; do
    state=$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null || true)
    [[ $state == installed ]] || missing+=("$package")
done
((${#missing[@]})) || exit 0

echo "install: ${missing[*]}"
run=()
if ((EUID != 0)); then
    command -v sudo >/dev/null || { echo "install: as root: apt-get install ${missing[*]}" >&2; exit 77; }
    run=(sudo)
fi
export DEBIAN_FRONTEND=noninteractive
"${run[@]}" apt-get update -qq
"${run[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" </dev/null
