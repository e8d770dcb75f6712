#!/bin/bash
# Builds everything that a browser loads into one folder (default .build/web):
#
#   w.js  w/…  shop/…  console/…  api/…  manifest.json
#
# Files carry the hash of their content in their name and may be cached for ever; w.js and the html pages keep theirs.
# Each text file lies beside its .gz and (if brotli is installed) its .br. A page names a file as {{panel.js}} and gets
# its hashed address. A part whose sources did not change is left alone. Type errors and files over their size limit end
# the build.
#
# usage: tools/web.sh [output folder]
set -euo pipefail
shopt -s nullglob
cd "$(dirname "${BASH_SOURCE[0]}")/.."
out=${1:-.build/web}
mkdir -p "$out"

tsc=${TSC:-tsc}
esbuild=${ESBUILD:-esbuild}
common=(--bundle --minify --target=es2022 --charset=utf8 --log-level=warning --legal-comments=none)

# part NAME SOURCES… : calls build_NAME with an empty folder $stage when the sources differ from the last time.
part() {
    local name=$1; shift
    local sum stamp="$out/.stamp-$name"
    sum=$(find "$@" tools/web.sh -type f -print0 | sort -z | xargs -0 sha256sum | sha256sum)
    if [[ -f $stamp && $(<"$stamp") == "$sum" ]]; then
        return
    fi
    echo "web: building $name"
    # Without a manifest nobody takes a half-built folder for a whole one.
    rm -f "$stamp" "$out/manifest.json"
    stage=$(mktemp -d "$out/.stage-XXXXXX")
    declare -gA address=()
    "build_$name"
    rm -rf "$stage"
    echo "$sum" >"$stamp"
    changed=yes
}

# clear FOLDER : makes it new and empty.
clear_folder() { rm -rf "${out:?}/$1"; mkdir -p "$out/$1"; }

# publish FILE FOLDER [NAME.EXTENSION] : copies a file under its hashed name and remembers its address.
publish() {
    local file=$1 folder=$2 name=${3:-$(basename "$1")} hash
    hash=$(sha256sum "$file" | cut -c1-8)
    local hashed="${name%.*}.$hash.${name##*.}"
    cp "$file" "$out/$folder/$hashed"
    compress "$out/$folder/$hashed"
    address[$name]="/$folder/$hashed"
}

# fill TEMPLATE : prints it with the addresses of the files published before.
fill() {
    local text name
    text=$(<"$1")
    for name in "${!address[@]}"; do text=${text//"{{$name}}"/${address[$name]}}; done
    if [[ $text == *'{{'* ]]; then
        echo "web: $1 names a file that was not built: $(grep -o '{{[^}]*}}' <<<"$text" | head -1)" >&2
        exit 1
    fi
    printf '%s\n' "$text"
}

# page TEMPLATE TARGET : writes a page under a name that stays.
page() {
    fill "$1" >"$out/$2"
    compress "$out/$2"
}

compress() {
    gzip -9nkf "$1"
    if command -v brotli >/dev/null; then brotli -q 11 -kf "$1"; fi
}

# limit BYTES WHAT FILES… : the gzip sizes together must not exceed the limit.
limit() {
    local most=$1 what=$2 size=0 file; shift 2
    for file in "$@"; do size=$((size + $(stat -c %s "$file.gz"))); done
    printf 'web: %-28s %6d of %6d bytes gzip\n' "$what" "$size" "$most"
    if ((size > most)); then
        echo "web: $what is too large" >&2
        exit 1
    fi
}

build_widget() {
    $tsc -p Sources/Widget
    clear_folder w
    $esbuild Sources/Widget/loader/loader.ts "${common[@]}" --format=iife --outfile="$stage/w.js"
    $esbuild Sources/Widget/panel/panel.ts "${common[@]}" --format=esm --outfile="$stage/panel.js"
    $esbuild Sources/Widget/panel/panel.css "${common[@]}" --outfile="$stage/panel.css"
    for name in en zh; do
        $esbuild "Sources/Widget/locale/$name.ts" "${common[@]}" --format=esm --outfile="$stage/locale-$name.js"
        publish "$stage/locale-$name.js" w
    done
    publish "$stage/panel.js" w
    publish "$stage/panel.css" w
    cp "$stage/w.js" "$out/w.js"
    compress "$out/w.js"
    page Sources/Widget/panel/frame.html w/frame.html

    limit 3072 "loader" "$out/w.js"
    limit 43008 "panel script" "$out"/w/panel.*.js
    limit 8192 "panel style" "$out"/w/panel.*.css
    for file in "$out"/w/locale-*.js; do name=${file##*/}; limit 3072 "${name%%.*}" "$file"; done
    # What a visitor loads who opens the panel for the first time, with the larger of the languages.
    limit 51200 "first open, all together" "$out/w.js" "$out/w/frame.html" "$out"/w/panel.*.js "$out"/w/panel.*.css \
        "$(ls -S "$out"/w/locale-*.js | head -1)"
}

build_shop() {
    $tsc -p Sources/Shop
    clear_folder shop
    for file in Sources/Shop/pictures/*.svg; do publish "$file" shop; done
    $esbuild Sources/Shop/shop.ts "${common[@]}" --format=esm --outfile="$stage/shop.js" \
        --loader:.svg=file '--asset-names=[name]' --public-path=/shop
    # The script names pictures by their plain names; it gets the hashed ones as the page does.
    for name in "${!address[@]}"; do sed -i "s#/shop/$name\b#${address[$name]}#g" "$stage/shop.js"; done
    $esbuild Sources/Shop/shop.css "${common[@]}" --outfile="$stage/shop.css" --external:*.svg
    publish "$stage/shop.js" shop
    publish "$stage/shop.css" shop
    page Sources/Shop/index.html shop/index.html
}

build_console() {
    $tsc -p Sources/Console
    clear_folder console
    local file
    for file in Sources/Console/*.{svg,png}; do publish "$file" console; done
    # The manifest of the installed console names its icons, and is cached for ever like them.
    for file in Sources/Console/*.webmanifest; do
        fill "$file" >"$stage/${file##*/}"
        publish "$stage/${file##*/}" console
    done
    NODE_PATH=/usr/share/nodejs $esbuild Sources/Console/main.tsx "${common[@]}" --format=iife --jsx=automatic \
        --define:process.env.NODE_ENV='"production"' --outfile="$stage/console.js"
    publish "$stage/console.js" console
    publish "$stage/console.css" console
    page Sources/Console/index.html console/index.html
}

# The page at /api; it draws itself from the files of Protocols, which are bundled with it.
build_api() {
    $tsc -p Sources/Api
    clear_folder api
    $esbuild Sources/Api/api.ts "${common[@]}" --format=esm --outfile="$stage/api.js"
    $esbuild Sources/Api/api.css "${common[@]}" --outfile="$stage/api.css"
    local file
    for file in "$stage/api.js" "$stage/api.css" Sources/Api/*.svg; do publish "$file" api; done
    # The page is served at /api, its files under /api/docs.
    for file in "${!address[@]}"; do address[$file]="/api/docs/${address[$file]#/api/}"; done
    page Sources/Api/index.html api/index.html
    # The descriptions themselves, under the names by which they refer to each other.
    mkdir -p "$out/api/schemas"
    for file in Protocols/{openapi,asyncapi,errors,call-event.schema}.json Protocols/schemas/*.json; do
        cp "$file" "$out/api/${file#Protocols/}"
        compress "$out/api/${file#Protocols/}"
    done
    limit 40960 "api page" "$out"/api/api.*.js "$out"/api/api.*.css
}

type_of() {
    case $1 in
        *.js) echo "text/javascript; charset=utf-8" ;;
        *.css) echo "text/css; charset=utf-8" ;;
        *.html) echo "text/html; charset=utf-8" ;;
        *.svg) echo "image/svg+xml" ;;
        *.webmanifest) echo "application/manifest+json" ;;
        *.json) echo "application/json" ;;
        *.png) echo "image/png" ;;
        *.woff2) echo "font/woff2" ;;
        *) echo "application/octet-stream" ;;
    esac
}

write_manifest() {
    local path separator='' immutable
    {
        printf '{\n  "files": ['
        while read -r path; do
            immutable=false
            [[ $path =~ \.[0-9A-Za-z]{8}\.[a-z0-9]+$ ]] && immutable=true
            printf '%s\n    {"path": "%s", "type": "%s", "immutable": %s}' "$separator" "$path" "$(type_of "$path")" "$immutable"
            separator=,
        done < <(cd "$out" && find . -type f ! -name '.*' ! -name '*.gz' ! -name '*.br' ! -name manifest.json ! -path './.stage*' -printf '%P\n' | sort)
        printf '\n  ]\n}\n'
    } >"$out/.manifest.new"
    mv "$out/.manifest.new" "$out/manifest.json"
}

changed=
rm -rf "$out"/.stage-*
part widget Sources/Widget
if [[ -f Sources/Shop/index.html ]]; then part shop Sources/Shop; fi
if [[ -f Sources/Console/main.tsx && -f Sources/Console/index.html ]]; then part console Sources/Console; fi
if [[ -f Sources/Api/index.html ]]; then part api Sources/Api Protocols; fi
if [[ -n $changed || ! -f $out/manifest.json ]]; then write_manifest; else echo "web: nothing changed"; fi
