#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# demo.sh SIGNALBOXCTL [FILE] : all seven kinds of job on a made sample (or on FILE), in a store of its own.
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
ctl_program="$1"
own_file="${2:-}"

folder="${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/signalbox/dev-run"
store="$folder/signalbox.sqlite"
storage="$folder/storage"
results="$folder/results"
failed=()

ctl() {
    local verb="$1"
    shift
    "$ctl_program" "$verb" "$@" --store "$store" --storage "$storage"
}

# job TYPE [--set key=value]... : submits, runs and waits (progress comes on standard error); the answer stays in results/TYPE.json
job() {
    local type="$1" code=0
    shift
    printf '\n-- %s %s\n' "$type" "$*"
    ctl submit "$type" "$media" "$@" --wait --json >"$results/$type.json" || code=$?
    if ((code != 0)); then
        failed+=("$type")
        return 0
    fi
    jq -r '"   \(.status)  \(.id)"' "$results/$type.json"
}

# answer TYPE FILTER : a value out of a job's answer, nothing if the job did not get that far
answer() {
    jq -r "$2 // empty" "$results/$1.json" 2>/dev/null || true
}

# job_after TYPE KEY VALUE [--set key=value]... : a job that builds on another one's result
job_after() {
    local type="$1" key="$2" value="$3"
    shift 3
    if [[ -z "$value" ]]; then
        printf '\n-- %s left out: the job that gives its %s failed\n' "$type" "$key"
        failed+=("$type")
        return
    fi
    job "$type" --set "$key=$value" "$@"
}

# Each run starts empty, so that the table below shows this run and nothing else.
rm -rf "$store" "$store-wal" "$store-shm" "$storage" "$results"
mkdir -p "$storage" "$results"
if [[ -n "$own_file" ]]; then
    media="$(realpath -- "$own_file")"
else
    media="$folder/sample.mp4"
    printf '\n== Making a sample clip\n'
    "$root/packaging/make-sample.sh" "$media"
fi

printf '\n== Seven jobs on %s\n' "$media"
job media-probe
job silence-detect
job_after silence-apply detect_job_id "$(answer silence-detect .id)"
job media-convert --set container=webm
job frame-extract --set interval_ms=2000
job transcription-generate
job_after captions-generate transcription_id "$(answer transcription-generate .output_data.transcription_id)" --set renderer=local

printf '\n== Jobs\n'
ctl jobs

printf '\n== What they made\n'
for result in "$results"/*.json; do
    id="$(jq -r '.id // empty' "$result" 2>/dev/null || true)"
    if [[ -n "$id" ]]; then
        printf '%s\n' "$(basename "$result" .json)"
        ctl artifacts "$id"
    fi
done
cat <<END

Outputs are below  $storage
The store is       $store
Look further:

    export SIGNALBOX_STORE='$store'
    '$ctl_program' show $(answer media-probe .id) --storage '$storage'
END
if ((${#failed[@]} > 0)); then
    printf '\nNot done: %s\n' "${failed[*]}" >&2
    exit 1
fi
