#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# postgres.sh start|durable|stop|crash|again PLACE : a Postgres server of the tests' own, in a temporary folder and on a socket only. PLACE is a
# folder that then holds `socket`, a link to the folder with the server's socket. Postgres refuses to run as root: then it runs as nobody.
#   start  makes a cluster and starts it, in place of one that an ended run left there; stop  ends it and removes it
#   durable  the same with fsync on, as a server that counts has it: for figures, not for tests
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
    run start -w -D "$(folder)/data" -l "$(folder)/log" -o "-c listen_addresses= -c unix_socket_directories=$(folder) -c max_connections=200"
}
remove() {
    [[ -L "$place/socket" ]] || return 0
    if [[ -d "$(folder)/data" ]]; then
        run stop -m immediate -D "$(folder)/data" 2>/dev/null || true
    fi
    rm -rf -- "$(folder)" "$place/socket"
}
case "$verb" in
start | durable)
    mkdir -p -- "$place"
    remove
    made="$(alone mktemp -d /tmp/signalbox-postgres.XXXXXX)"
    ln -s -- "$made" "$place/socket"
    alone env LC_ALL=C.UTF-8 "$bin/initdb" -D "$made/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync >/dev/null
    # one user whom it asks for a password, if a test makes that user
    printf 'local all keyed scram-sha-256\nlocal all all trust\n' | alone tee "$made/data/pg_hba.conf" >/dev/null
    if [[ "$verb" == start ]]; then
        # the disk is not what is tested here; the processes are killed, the machine is not
        printf 'fsync = off\n' | alone tee -a "$made/data/postgresql.conf" >/dev/null
    fi
    start
    ;;
stop) remove ;;
crash) run stop -m immediate -D "$(folder)/data" ;;
again) start ;;
*)
    printf 'postgres.sh start|durable|stop|crash|again PLACE\n' >&2
    exit 2
    ;;
esac
