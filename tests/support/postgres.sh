#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# postgres.sh start|durable|secure|stop|crash|again PLACE : a Postgres server of the tests' own, in a temporary folder and on a socket only. PLACE
# is a folder that then holds `socket`, a link to the folder with the server's socket. Postgres refuses to run as root: then it runs as nobody.
#   start  makes a cluster and starts it, in place of one that an ended run left there; stop  ends it and removes it
#   durable  the same with fsync on, as a server that counts has it: for figures, not for tests
#   secure  as start, and speaks TLS on 127.0.0.1 as well: the folder then holds its `port`, and in `tls` what certificates.sh makes; it shows `right`
#   crash  ends it at once, as a power cut would end the process; again  starts it on the same data
set -euo pipefail
verb="$1"
place="$2"
bin="$(find /usr/lib/postgresql -maxdepth 2 -name bin | sort -V | tail -n 1)"
[[ -x "$bin/pg_ctl" ]] || { printf 'Postgres is not installed (Debian package postgresql)\n' >&2; exit 77; }
alone() {
    if [[ "$(id -u)" == 0 ]]; then
        setpriv --reuid=nobody --regid=nogroup --clear-groups env -C / HOME=/ "$@"
    else
        "$@"
    fi
}
folder() {
    readlink -- "$place/socket"
}
run() {
    # English words, whatever the environment says: tests read none of them, people do
    alone env LC_ALL=C.UTF-8 "$bin/pg_ctl" "$@" >/dev/null
}
start() {
    local listen="-c listen_addresses="
    if [[ -f "$(folder)/port" ]]; then
        listen="-c listen_addresses=127.0.0.1 -c port=$(<"$(folder)/port")"
    fi
    run start -w -D "$(folder)/data" -l "$(folder)/log" -o "$listen -c unix_socket_directories=$(folder) -c max_connections=200"
}
# Postgres asks for no free port by itself: another one is tried where somebody has it already.
start_at_free_port() {
    local try
    for try in 1 2 3 4 5 6 7 8; do
        printf '%s\n' $((20000 + RANDOM % 12000)) | alone tee "$(folder)/port" >/dev/null
        if start; then
            return 0
        fi
    done
    printf 'No port was free in %s tries\n' "$try" >&2
    return 1
}
make_secure() {
    local tls
    tls="$(folder)/tls"
    bash "$(dirname "${BASH_SOURCE[0]}")/certificates.sh" "$tls"
    chown -R --reference="$(folder)" "$tls"
    printf 'ssl = on\nssl_cert_file = '\''%s'\''\nssl_key_file = '\''%s'\''\n' "$tls/right.crt" "$tls/right.key" |
        alone tee -a "$(folder)/data/postgresql.conf" >/dev/null
    printf 'host all keyed 127.0.0.1/32 scram-sha-256\nhost all all 127.0.0.1/32 trust\n' | alone tee -a "$(folder)/data/pg_hba.conf" >/dev/null
}
remove() {
    [[ -L "$place/socket" ]] || return 0
    if [[ -d "$(folder)/data" ]]; then
        run stop -m immediate -D "$(folder)/data" 2>/dev/null || true
    fi
    rm -rf -- "$(folder)" "$place/socket"
}
case "$verb" in
start | durable | secure)
    mkdir -p -- "$place"
    remove
    made="$(alone mktemp -d /tmp/signalbox-postgres.XXXXXX)"
    ln -s -- "$made" "$place/socket"
    alone env LC_ALL=C.UTF-8 "$bin/initdb" -D "$made/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync >/dev/null
    # one user whom it asks for a password, if a test makes that user
    printf 'local all keyed scram-sha-256\nlocal all all trust\n' | alone tee "$made/data/pg_hba.conf" >/dev/null
    if [[ "$verb" != durable ]]; then
        # the disk is not what is tested here; the processes are killed, the machine is not
        printf 'fsync = off\n' | alone tee -a "$made/data/postgresql.conf" >/dev/null
    fi
    if [[ "$verb" == secure ]]; then
        make_secure
        start_at_free_port
    else
        start
    fi
    ;;
stop) remove ;;
crash) run stop -m immediate -D "$(folder)/data" ;;
again) start ;;
*)
    printf 'postgres.sh start|durable|secure|stop|crash|again PLACE\n' >&2
    exit 2
    ;;
esac
