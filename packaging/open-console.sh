#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# open-console.sh SIGNALBOX [FILE] : the console on a store of its own, with all seven kinds of job running on a made sample (or on FILE).
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
console="$1"
own_file="${2:-}"

folder="${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/signalbox/dev-run"
mkdir -p "$folder"
if [[ -n "$own_file" ]]; then
    media="$(realpath -- "$own_file")"
else
    media="$folder/sample.mp4"
    printf '\n== Making a sample clip\n'
    "$root/packaging/make-sample.sh" "$media"
fi

if [[ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}${QT_QPA_PLATFORM:-}" ]]; then
    # Each run starts empty, so that the list shows this run's jobs and nothing else.
    rm -rf "$folder/console.db" "$folder/console.db-wal" "$folder/console.db-shm" "$folder/console-storage"
    printf '\n== Opening the console; its store is %s\n' "$folder/console.db"
    exec "$console" --store "$folder/console.db" --storage "$folder/console-storage" --demo "$media"
fi
pictures="$folder/pictures"
rm -rf "$pictures"
printf '\n== There is no display here: the same pages are rendered into files below %s\n' "$pictures"
exec "$console" --screenshot "$pictures" --sample "$media"
