# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# Configure and build a preset. Sourced by packaging/dev, which sets root.
: "${root:?}"

# build_preset PRESET [TARGET...] : all cores; without a target everything
build_preset() {
    local preset="$1"
    shift
    local -a targets=()
    if (($# > 0)); then
        targets=(--target "$@")
    fi
    # ccache without a place to write would fail each compilation.
    if ! mkdir -p "${CCACHE_DIR:-${HOME:-/nonexistent}/.cache/ccache}" 2>/dev/null; then
        export CCACHE_DISABLE=1
    fi
    say "Configuring and building $preset"
    (cd "$root" && cmake --preset "$preset" --log-level=NOTICE && cmake --build --preset "$preset" --parallel "$(nproc)" "${targets[@]}")
}
