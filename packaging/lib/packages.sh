# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# Debian packages: which are named, which are missing, and installing those. Sourced by packaging/dev, which sets root.
: "${root:?}"

readonly exit_not_installable=3

# packages_of GROUP... : the names in these groups of packages.txt
packages_of() {
    local group
    for group in "$@"; do
        awk -v wanted="$group:" '
            /^# group / { inside = ($3 == wanted); known = known || inside; next }
            inside && /^[a-z0-9]/ { print $1 }
            END { exit known ? 0 : 1 }
        ' "$root/packaging/packages.txt" || { printf 'packages.txt has no group %s\n' "$group" >&2; return 1; }
    done
}

# missing_of NAME... : those that are not installed
missing_of() {
    local name
    for name in "$@"; do
        [[ "$(dpkg-query -W -f '${db:Status-Status}' "$name" 2>/dev/null)" == installed ]] || printf '%s\n' "$name"
    done
}

# refuse_to_install WHY NAME... : say what a person has to do, and end
refuse_to_install() {
    local why="$1"
    shift
    {
        printf '\npackaging/dev cannot install packages here: %s.\nRun this, then start again:\n\n' "$why"
        printf '    sudo apt-get update && sudo apt-get install --no-install-recommends %s\n\n' "$*"
    } >&2
    exit "$exit_not_installable"
}

# run_apt_get ARGUMENT... : never asks, waits for another apt instead of failing, and speaks only of errors
run_apt_get() {
    local command=(env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=900 -o Dpkg::Use-Pty=0 "$@")
    if ((EUID != 0)); then
        command=(sudo -n "${command[@]}")
    fi
    "${command[@]}" </dev/null >/dev/null
}

# need_packages GROUP... : installs what is missing of these groups, or says what to do and exits 3
need_packages() {
    if [[ "${SIGNALBOX_SKIP_PACKAGES:-}" == 1 ]]; then
        return
    fi
    local -a names missing
    local listed
    listed="$(packages_of "$@")"
    mapfile -t names <<<"$listed"
    if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
        refuse_to_install "this is no Debian system (SIGNALBOX_SKIP_PACKAGES=1 goes on with what there is; these are Debian's names)" \
            "${names[@]}"
    fi
    mapfile -t missing < <(missing_of "${names[@]}")
    if ((${#missing[@]} == 0)); then
        return
    fi
    if ((EUID != 0)) && ! sudo -n true 2>/dev/null; then
        refuse_to_install "you are not root and sudo does not work without a password" "${missing[@]}"
    fi
    say "Installing ${#missing[@]} Debian packages (without recommendations):"
    printf '    %s\n' "${missing[@]}"
    printf 'This can take a few minutes.\n'
    # Lists that cannot be refreshed may still be good enough; the installation decides.
    run_apt_get update || printf 'apt-get update failed; trying with the package lists there are.\n' >&2
    run_apt_get install -y --no-install-recommends "${missing[@]}" || refuse_to_install "apt-get failed (its words are above)" "${missing[@]}"
}
