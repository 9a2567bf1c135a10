#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# console_accessibility.sh SIGNALBOX SIGNALBOXCTL : what a screen reader is told of the real console, from outside: every page, tab and
# dialog is walked over AT-SPI, and a control without a name fails. Needs Xvfb, xdotool, dbus, at-spi2-core and python3-pyatspi.
set -euo pipefail
here="$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)"
if [[ -z "${SIGNALBOX_PRIVATE_BUS:-}" ]]; then
    export SIGNALBOX_PRIVATE_BUS=1
    exec dbus-run-session -- "${BASH_SOURCE[0]}" "$@"
fi
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

# a store with something on every page: jobs done and failed, deliveries, artifacts, notifications, the journal of their acts
ffmpeg -nostdin -v error -f lavfi -i testsrc2=s=320x180:r=25:d=4 -f lavfi -i sine=f=440:d=4 -shortest "$work/clip.mp4"
printf 'no media' >"$work/broken.mp4"
for job in media-probe frame-extract silence-detect; do
    "$ctl" submit "$job" "$work/clip.mp4" --wait >/dev/null
done
"$ctl" submit media-probe "$work/broken.mp4" --wait >/dev/null 2>&1 || true

mkfifo "$work/display"
Xvfb -displayfd 4 -screen 0 1440x900x24 -nolisten tcp 4>"$work/display" 2>/dev/null &
pids+=($!)
read -r number <"$work/display"
export DISPLAY=":$number" QT_LINUX_ACCESSIBILITY_ALWAYS_ON=1
"$console" --store "$SIGNALBOX_STORE" 2>"$work/log" &
pids+=($!)
xdotool search --sync --onlyvisible --name Signalbox windowfocus >/dev/null
/usr/bin/python3 "$here/console_accessibility.py" || { cat "$work/log" >&2; exit 1; }
