#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# desktop_entry.sh BUILD SIGNALBOX : what is installed makes the desktop open signalbox:// links with the console. Needs desktop-file-utils.
set -euo pipefail
build="$1"
console="$2"
work="$(mktemp -d)"
trap 'rm -rf -- "$work"' EXIT

cmake --install "$build" --prefix "$work" --component desktop >/dev/null
entry="$work/share/applications/signalbox.desktop"
desktop-file-validate "$entry"
[[ -f "$work/share/icons/hicolor/scalable/apps/$(sed -n 's/^Icon=//p' "$entry").svg" ]]
# the desktop's own index of who opens what
update-desktop-database "$work/share/applications"
grep -qx 'x-scheme-handler/signalbox=signalbox.desktop;' "$work/share/applications/mimeinfo.cache"

# A desktop puts the link in the place of %u. The program takes it; one with more to it would be refused (exit 2).
read -ra command <<<"$(sed -n 's/^Exec=//p' "$entry")"
[[ "${command[0]}" == signalbox && "${command[1]}" == %u && "${#command[@]}" -eq 2 ]]
"$console" 'signalbox://job/018f?tab=events' --version >/dev/null
status=0
"$console" 'https://job/018f' --version >/dev/null 2>&1 || status=$?
[[ "$status" -eq 2 ]]
printf 'signalbox:// links lead to the console\n'
