#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# make-sample.sh OUT.mp4: twelve seconds to try every job on. Picture: red, blue, a moving test picture, four seconds each
# (640 x 360, 25 frames a second). Sound: three spoken phrases (flite) with digital silence between, before and after.
# Writes OUT.json beside it: the true silences, the scene changes, and the words in order. Needs ffmpeg and flite.
set -euo pipefail
export LC_ALL=C

if [[ $# -ne 1 || $1 != *.mp4 ]]; then
    echo "usage: make-sample.sh OUT.mp4" >&2
    exit 2
fi
for tool in flite ffmpeg; do
    if ! command -v "$tool" >/dev/null; then
        echo "make-sample.sh: $tool is missing; install the Debian package $tool" >&2
        exit 1
    fi
done

out=$(realpath -m -- "$1")
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT
ff() { ffmpeg -nostdin -hide_banner -v error -y "$@"; }

rate=48000
total=$((12 * rate))
voices=(rms rms awb)
phrases=("go forward ten meters" "the whole world is listening" "please open the window")
gaps=(600 1500 1200) # milliseconds of silence before each phrase

# The quiet edges of a phrase go, so that silence begins exactly where the phrase ends.
trim="silenceremove=start_periods=1:start_threshold=-29dB:detection=peak"
list=()
at=0 # samples so far
silences=()
for i in 0 1 2; do
    flite -voice "${voices[i]}" -t "${phrases[i]}" "$work/raw.wav"
    ff -i "$work/raw.wav" -af "aresample=$rate,volume=4dB,$trim,areverse,$trim,areverse" \
        -ac 1 -f s16le "$work/phrase$i.pcm"
    gap=$((gaps[i] * rate / 1000))
    head -c $((gap * 2)) /dev/zero >"$work/gap$i.pcm"
    silences+=("$at $((at + gap))")
    at=$((at + gap + $(stat -c %s "$work/phrase$i.pcm") / 2))
    list+=("$work/gap$i.pcm" "$work/phrase$i.pcm")
done
if ((at + rate > total)); then
    echo "make-sample.sh: the speech is longer than the picture" >&2
    exit 1
fi
head -c $(((total - at) * 2)) /dev/zero >"$work/end.pcm"
silences+=("$at $total")
cat "${list[@]}" "$work/end.pcm" >"$work/sound.pcm"

ff -f s16le -ar $rate -ac 1 -i "$work/sound.pcm" \
    -f lavfi -i color=red:s=640x360:r=25:d=4 -f lavfi -i color=blue:s=640x360:r=25:d=4 -f lavfi -i testsrc=s=640x360:r=25:d=4 \
    -filter_complex "[1:v][2:v][3:v]concat=n=3:v=1:a=0,format=yuv420p[v]" -map "[v]" -map 0:a \
    -c:v libx264 -preset veryfast -g 50 -c:a aac -b:a 128k -movflags +faststart -t 12 -f mp4 "$work/out.mp4"

{
    printf '{"duration_ms": 12000, "scene_changes_ms": [4000, 8000], "words": ['
    read -ra words <<<"${phrases[*]}"
    printf '"%s", ' "${words[@]::${#words[@]}-1}"
    printf '"%s"], "silences": [' "${words[-1]}"
    comma=""
    for pair in "${silences[@]}"; do
        read -r from to <<<"$pair"
        printf '%s{"start_ms": %d, "end_ms": %d}' "$comma" $((from * 1000 / rate)) $((to * 1000 / rate))
        comma=", "
    done
    printf ']}\n'
} >"$work/out.json"
mv -- "$work/out.json" "${out%.mp4}.json"
mv -- "$work/out.mp4" "$out"
