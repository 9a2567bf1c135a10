#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# certificates.sh FOLDER : what a server that speaks TLS shows in tests, each NAME.crt with its NAME.key:
#   authority, stranger  two authorities that sign; a client that knows the one does not know the other
#   right     for db.example.test, signed by authority      elsewhere  the same for elsewhere.example.test
#   expired   as right, until 2020-02-01                    future     as right, from 2100-01-01 on
#   unknown   as right, signed by stranger                  itself     as right, signed by itself
set -euo pipefail
mkdir -p -- "$1"
cd -- "$1"
new_key=(-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes)

# by_itself NAME COMMON-NAME
by_itself() {
    openssl req -x509 "${new_key[@]}" -days 3650 -subj "/CN=$2" -keyout "$1.key" -out "$1.crt" 2>>log
}
# certificate NAME HOST AUTHORITY [FIRST-DAY LAST-DAY]
certificate() {
    printf 'subjectAltName = DNS:%s\n' "$2" >names
    openssl req -new "${new_key[@]}" -subj "/CN=$2" -keyout "$1.key" -out "$1.csr" 2>>log
    # the one command of OpenSSL 3.0 that takes days gone by
    openssl ca -batch -notext -config settings -extfile names -cert "$3.crt" -keyfile "$3.key" \
        -startdate "${4:-20200101}000000Z" -enddate "${5:-20991231}000000Z" -in "$1.csr" -out "$1.crt" 2>>log
}

: >signed
cat >settings <<'SETTINGS'
[ca]
default_ca = ours
[ours]
database = signed
new_certs_dir = .
rand_serial = yes
unique_subject = no
default_md = sha256
policy = names
[names]
commonName = supplied
SETTINGS
by_itself authority 'Authority of the tests'
by_itself stranger 'Somebody else'
by_itself itself db.example.test
certificate right db.example.test authority
certificate elsewhere elsewhere.example.test authority
certificate expired db.example.test authority 20200101 20200201
certificate future db.example.test authority 21000101 21010101
certificate unknown db.example.test stranger
chmod 600 ./*.key
