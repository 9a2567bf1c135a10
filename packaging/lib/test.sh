# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# The test rounds. Sourced by packaging/dev, which sets root.
: "${root:?}"

# Two at a time: some tests hold programs to a deadline, and a crowded machine would miss it for them.
readonly test_jobs=2
readonly fuzz_seconds="${SIGNALBOX_FUZZ_SECONDS:-60}"

# run_ctest PRESET [ARGUMENT...]
run_ctest() {
    local preset="$1"
    shift
    (cd "$root" && ctest --preset "$preset" --parallel "$test_jobs" "$@")
}

# GCC 12's ThreadSanitizer dies where the kernel spreads addresses widely; where that may be switched off, it is.
run_ctest_without_random_addresses() {
    if setarch "$(uname -m)" -R true 2>/dev/null; then
        (cd "$root" && setarch "$(uname -m)" -R ctest --preset tsan --parallel "$test_jobs" "$@")
    else
        run_ctest tsan "$@"
    fi
}

round_asan() {
    build_preset asan && run_ctest asan --label-exclude long
}

round_tsan() {
    build_preset tsan && run_ctest_without_random_addresses --label-exclude long
}

# Each target starts from the committed corpus; what it finds stays below build/.
round_fuzz() {
    build_preset fuzz fuzz_targets || return
    local target name corpus failed=0
    for target in "$root"/build/fuzz/tests/fuzz/fuzz_*; do
        [[ -f "$target" && -x "$target" ]] || continue
        name="$(basename "$target")"
        corpus="$root/build/fuzz/corpus/$name"
        mkdir -p "$corpus" "$root/build/fuzz/findings"
        local -a inputs=("$corpus")
        if [[ -d "$root/tests/fuzz/corpus/$name" ]]; then
            inputs+=("$root/tests/fuzz/corpus/$name")
        fi
        say "$name for $fuzz_seconds s"
        ASAN_SYMBOLIZER_PATH=/usr/lib/llvm-19/bin/llvm-symbolizer UBSAN_OPTIONS=print_stacktrace=1 \
            "$target" -max_total_time="$fuzz_seconds" -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 -verbosity=0 \
            -artifact_prefix="$root/build/fuzz/findings/$name-" "${inputs[@]}" || failed=1
    done
    return "$failed"
}

# The everyday round: ctest closes the output and gives the exit code.
test_quick() {
    need_packages build run test screen
    build_preset dev
    say "Testing"
    run_ctest dev --label-exclude long "$@"
}

# Every round; the plain one comes last, so that ctest closes the output.
test_all() {
    need_packages build run test screen fuzz
    build_preset dev
    local round code failed=0
    local -a table=()
    for round in asan tsan fuzz; do
        local began=$SECONDS
        code=0
        "round_$round" || code=$?
        if ((code == 0)); then
            table+=("$(printf '%-6s passed  %5d s' "$round" $((SECONDS - began)))")
        else
            table+=("$(printf '%-6s FAILED  %5d s' "$round" $((SECONDS - began)))")
            failed=1
        fi
    done
    say "Rounds so far"
    printf '    %s\n' "${table[@]}"
    say "Testing, long rounds included"
    code=0
    run_ctest dev || code=$?
    if ((code == 0 && failed != 0)); then
        printf '\nThe plain round passed, but a round before it FAILED:\n' >&2
        printf '    %s\n' "${table[@]}" >&2
        return 1
    fi
    return "$code"
}
