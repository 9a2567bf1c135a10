#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# bench-ui.sh BENCH_UI [ARGS] : the console's benchmark, on the display that is there or on an Xvfb of its own.
set -euo pipefail
bench="$1"
shift
if [[ -n "${DISPLAY:-}" ]]; then
    exec "$bench" "$@"
fi
work="$(mktemp -d)"
server=
finish() {
    if [[ -n "$server" ]]; then
        kill "$server" 2>/dev/null || true
        wait "$server" 2>/dev/null || true
    fi
    rm -rf -- "$work"
}
trap finish EXIT

# A screen high enough for a hundred rows of jobs.
mkfifo "$work/display"
Xvfb -displayfd 4 -screen 0 1600x3200x24 -nolisten tcp 4>"$work/display" 2>/dev/null &
server=$!
read -r number <"$work/display"
DISPLAY=":$number" QT_QPA_PLATFORM=xcb "$bench" "$@"
