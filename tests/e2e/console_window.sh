#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# console_window.sh SIGNALBOX SIGNALBOXCTL : the console in a real window under Xvfb, driven by keys: a failed job is found by a filter
# that is typed, and its id copied. Needs Xvfb, xdotool and xclip.
set -euo pipefail
console="$1"
ctl="$2"
# shellcheck source=tests/e2e/screen.sh
source "$(dirname -- "${BASH_SOURCE[0]}")/screen.sh"

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

open_console "$console"
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
