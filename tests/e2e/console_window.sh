#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# console_window.sh SIGNALBOX SIGNALBOXCTL : the console in a real window under Xvfb, driven by keys: a failed job is found by a filter
# that is typed, and its id copied. Needs Xvfb, xdotool and xclip.
set -euo pipefail
console="$1"
ctl="$2"
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

# until SECONDS COMMAND... : tries until it succeeds; every try is a program that takes its time
until_true() {
    local end=$((SECONDS + $1))
    shift
    until "$@"; do
        if ((SECONDS > end)); then
            printf 'In vain: %s\n' "$*" >&2
            return 1
        fi
    done
}

printf 'no media' >"$work/broken.mp4"
"$ctl" submit media-probe "$work/broken.mp4" --wait >/dev/null 2>&1 || true
failed="$("$ctl" jobs status:failed --json | jq -r '(if type == "array" then .[0] else . end) | .id')"
[[ -n "$failed" && "$failed" != null ]]

exec 3<> <(:)
mkfifo "$work/display"
Xvfb -displayfd 4 -screen 0 1440x900x24 -nolisten tcp 4>"$work/display" 2>/dev/null &
pids+=($!)
read -r number <"$work/display"
export DISPLAY=":$number"
"$console" --store "$SIGNALBOX_STORE" 2>"$work/log" &
pids+=($!)
window="$(until_true 20 xdotool search --onlyvisible --name Signalbox | tail -1)"
xdotool windowfocus "$window"

copied() {
    xdotool key --window "$window" ctrl+f
    xdotool key --window "$window" ctrl+a
    xdotool type --window "$window" 'status:failed'
    xdotool key --window "$window" Return
    xdotool key --window "$window" F6 F6
    xdotool key --window "$window" Down
    xdotool key --window "$window" ctrl+c
    [[ "$(timeout 2 xclip -selection clipboard -o 2>/dev/null)" == *"$failed"* ]]
}
until_true 15 copied || { [[ -z "${SIGNALBOX_SHOTS:-}" ]] || import -window root "$SIGNALBOX_SHOTS/console-window.png"; cat "$work/log"; exit 1; }
if [[ -n "${SIGNALBOX_SHOTS:-}" ]]; then
    import -window root "$SIGNALBOX_SHOTS/console-window.png"
fi
printf 'The failed job %s was found and copied\n' "$failed"
