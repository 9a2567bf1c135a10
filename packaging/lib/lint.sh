# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# Format, house rules, shell scripts, static analysis. Sourced by packaging/dev, which sets root.
: "${root:?}"

cpp_files() {
    git -C "$root" ls-files --cached --others --exclude-standard -- '*.cpp' '*.h'
}

# changed_since REF : C++ files that differ from REF in the working tree; a header stands for the .cpp beside it
changed_since() {
    local file
    {
        git -C "$root" diff --name-only --diff-filter=d "$1" -- '*.cpp' '*.h'
        git -C "$root" ls-files --others --exclude-standard -- '*.cpp' '*.h'
    } | while read -r file; do
        file="${file%.*}.cpp"
        if [[ -f "$root/$file" ]]; then
            printf '%s\n' "$file"
        fi
    done | sort -u
}

lint_format() {
    local fix="$1"
    local -a how=(--dry-run --Werror)
    if [[ "$fix" == yes ]]; then
        how=(-i)
    fi
    (cd "$root" && cpp_files | xargs -r clang-format-14 --style=file "${how[@]}")
}

lint_shell() {
    local -a scripts
    mapfile -t scripts < <(git -C "$root" ls-files --cached --others --exclude-standard -- '*.sh' packaging/dev .ci/run)
    (cd "$root" && shellcheck --external-sources "${scripts[@]}")
}

# Test programs include what moc writes, so a build comes first.
lint_tidy() {
    build_preset dev || return
    local -a known=()
    local file
    for file in "$@"; do
        # fuzz targets and benchmarks are not part of the dev preset
        if grep -qF "\"file\": \"$root/$file\"" "$root/build/dev/compile_commands.json"; then
            known+=("$file")
        fi
    done
    printf 'clang-tidy reads %d files\n' "${#known[@]}"
    if ((${#known[@]} == 0)); then
        return 0
    fi
    (cd "$root" && printf '%s\0' "${known[@]}" |
        xargs -0 -n 1 -P "$(nproc)" clang-tidy-19 -p build/dev --quiet --extra-arg=-Wno-unknown-warning-option 2>/dev/null)
}

# lint [--fix] [--all | REF] : tidy reads what changed since REF (default: the commit before this one)
run_lint() {
    local fix=no since=HEAD~1 all=no argument failed=0
    for argument in "$@"; do
        case "$argument" in
        --fix) fix=yes ;;
        --all) all=yes ;;
        -*) usage_error "lint does not know $argument" ;;
        *) since="$argument" ;;
        esac
    done
    need_packages build lint
    local listed
    local -a files=()
    if [[ "$all" == yes ]]; then
        listed="$(cpp_files | grep '\.cpp$' || true)"
    else
        git -C "$root" rev-parse --verify --quiet "$since^{commit}" >/dev/null || usage_error "lint: no commit is called $since"
        listed="$(changed_since "$since")"
    fi
    if [[ -n "$listed" ]]; then
        mapfile -t files <<<"$listed"
    fi

    say "Format"
    lint_format "$fix" || failed=1
    say "House rules"
    "$root/tests/house/house_rules.sh" "$root" || failed=1
    say "Shell scripts"
    lint_shell || failed=1
    say "Static analysis"
    lint_tidy "${files[@]}" || failed=1
    if ((failed != 0)); then
        printf '\nlint found something (packaging/dev lint --fix mends the format).\n' >&2
        return 1
    fi
    printf '\nlint found nothing.\n'
}
