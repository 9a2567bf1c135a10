#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# console_window.sh SIGNALBOX SIGNALBOXCTL CHANGE_WRITER : a working day in a real window under Xvfb, by keys: a failed job is found by a
# filter that is typed, its error, log and input read, artifacts opened, a running job watched, and a thousand changes a second survived.
# What is asserted is what a screen reader is told (AT-SPI) and what was copied. Needs Xvfb, xdotool, xclip, dbus, at-spi2-core, jq and
# python3-pyatspi.
set -euo pipefail
here="$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)"
if [[ -z "${SIGNALBOX_PRIVATE_BUS:-}" ]]; then
    export SIGNALBOX_PRIVATE_BUS=1
    exec dbus-run-session -- "${BASH_SOURCE[0]}" "$@"
fi
console="$1"
ctl="$2"
writer="$3"
# shellcheck source=tests/e2e/screen.sh
source "$here/screen.sh"

ffmpeg -nostdin -v error -f lavfi -i testsrc2=s=320x180:r=25:d=4 -f lavfi -i sine=f=440:d=4 -shortest "$work/clip.mp4"
# long enough to be watched while it is converted
ffmpeg -nostdin -v error -f lavfi -i testsrc2=s=640x360:r=25:d=40 -c:v libx264 -preset ultrafast "$work/long.mp4"
printf 'no media' >"$work/broken.mp4"
"$ctl" submit frame-extract "$work/clip.mp4" --wait >/dev/null
"$ctl" submit media-probe "$work/broken.mp4" --wait >/dev/null 2>&1 || true

export QT_LINUX_ACCESSIBILITY_ALWAYS_ON=1
open_console "$console"
xdotool search --sync --onlyvisible --name Signalbox windowfocus >/dev/null
/usr/bin/python3 "$here/console_window.py" "$ctl" "$writer" "$work" || {
    [[ -z "${SIGNALBOX_SHOTS:-}" ]] || import -window root "$SIGNALBOX_SHOTS/console-window-failed.png"
    cat "$work/log" >&2
    exit 1
}
