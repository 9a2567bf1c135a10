# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# A console on a store and a screen of its own; sourced by the tests that drive it from outside. Sets work, pids and SIGNALBOX_STORE;
# everything goes when the test ends.
work="$(mktemp -d)"
export SIGNALBOX_STORE="$work/store.db" XDG_RUNTIME_DIR="$work/runtime" XDG_CONFIG_HOME="$work/config"
mkdir -m 700 "$XDG_RUNTIME_DIR"
pids=()
finish() {
    for pid in "${pids[@]}"; do
        kill "$pid" 2>/dev/null || true
    done
    wait 2>/dev/null || true
    rm -rf -- "$work"
}
trap finish EXIT

# open_console SIGNALBOX : on an Xvfb that chooses its number; what it says is in $work/log
open_console() {
    mkfifo "$work/display"
    Xvfb -displayfd 4 -screen 0 1440x900x24 -nolisten tcp 4>"$work/display" 2>/dev/null &
    pids+=($!)
    local number
    read -r number <"$work/display"
    export DISPLAY=":$number"
    "$1" --store "$SIGNALBOX_STORE" 2>"$work/log" &
    pids+=($!)
}
