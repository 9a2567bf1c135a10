#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# house_rules.sh ROOT : what grep can see of the house's rules. Each breach is one line "path:line: rule: text"; exit 1 if there is one.
set -euo pipefail
cd "$1"
breaches=0

# report RULE : reads grep -Hn lines
report() {
    local rule="$1" path line text
    while IFS=: read -r path line text; do
        printf '%s:%s: %s: %s\n' "$path" "$line" "$rule" "${text#"${text%%[![:space:]]*}"}"
        breaches=1
    done
}

# sources FOLDER... : the C++ files below these folders
sources() {
    local folder
    for folder in "$@"; do
        if [[ -d "$folder" ]]; then
            find "$folder" -type f \( -name '*.cpp' -o -name '*.h' \)
        fi
    done | sort
}

# code_of PATH... on stdin : "path:line:text" of every line with its // comment taken off
code_of() {
    # shellcheck disable=SC2016  # the dollars are awk's
    xargs -r -d '\n' awk '{ text = $0; sub(/(^|[ \t])\/\/.*$/, "", text); if (text != "") print FILENAME ":" FNR ":" text }'
}

# Rooms know only rooms below them. Captions and transcription stand beside media, but ffmpeg is reached only through it.
check_direction() {
    sources core app ui | code_of | awk -F: '
        BEGIN {
            split("base 0 database 1 http 1 keyring 1 files 2 jobs 2 broker 3 webhooks 3 captions 3 transcription 3 media 3 notifications 3 " \
                  "tasks 4 scenarios 5 casefile 5 backend 6", pairs, " ")
            for (i = 1; i in pairs; i += 2)
                level[pairs[i]] = pairs[i + 1]
            beside["captions media"] = beside["transcription media"] = 1
        }
        {
            text = $0
            sub(/^[^:]*:[^:]*:/, "", text)
            if (text !~ /^[ \t]*#[ \t]*include[ \t]*"/)
                next
            sub(/^[^"]*"/, "", text)
            sub(/".*$/, "", text)
            split(text, to, "/")
            split($1, from, "/")
            why = ""
            if (to[1] != "core" && to[1] != "ui" && to[1] != "app") {
                if (text !~ /\.moc$/)
                    why = "does not start at the repository root"
            } else if (from[1] == "core") {
                if (to[1] != "core")
                    why = "core knows nothing above it"
                else if (!(from[2] in level))
                    why = "core/" from[2] " is no room of the house"
                else if (!(to[2] in level))
                    why = "core/" to[2] " is no room of the house"
                else if (from[2] != to[2] && level[to[2]] >= level[from[2]] && !((from[2] " " to[2]) in beside))
                    why = "core/" from[2] " may not know core/" to[2]
            } else if (from[1] == "ui" && to[1] == "app") {
                why = "ui knows nothing above it"
            } else if ((from[1] == "ui" || $1 ~ /^app\/signalboxctl\//) && to[1] == "core" && to[2] != "backend" && to[2] != "base" &&
                       text != "core/keyring/keyring.h" &&
                       text !~ /\/[a-z_]*(models|schemas|filter)\.h$/ &&
                       text !~ /^core\/(captions\/style|tasks\/(caption_style|payload_diff|undo|bulk)|scenarios\/(faults|expectations|scenario_file))\.h$/) {  # functions of values
                why = from[1] " knows core/backend, core/base, the keyring and value types (models.h, schemas.h, filter.h, and eight that are functions of values) only"
            }
            if (why != "")
                print $1 ":" $2 ":" text " (" why ")"
        }'
}

check_widgets_in_core() {
    local widgets='QtGui/|QtWidgets/|QtQuick|<(QWidget|QApplication|QGuiApplication|QImage|QPixmap|QColor|QFont|QPainter|QIcon|QAction|QWindow)>'
    sources core | code_of | grep -E "#[ \t]*include.*($widgets)" || true
    find core -name CMakeLists.txt -print0 2>/dev/null | xargs -0 -r grep -HnE 'Qt6?::(Gui|Widgets|Quick)' || true
}

outside_sql_files() {
    sources core app ui | grep -vE '^core/database/|repository[^/]*$' || true
}

check_qtsql() {
    outside_sql_files | code_of | grep -E '#[ \t]*include[ \t]*<(QtSql|QSql)' || true
}

check_sql_text() {
    local verbs='\b(SELECT [a-z0-9_*(:]|INSERT (OR [A-Z]+ )?INTO|UPDATE [a-z_]+ SET|DELETE FROM|(CREATE|DROP|ALTER) (UNIQUE |TEMP )?(TABLE|INDEX|TRIGGER|VIEW)'
    outside_sql_files | code_of | grep -E "$verbs|PRAGMA [a-z_]+|ORDER BY [a-z_]|WHERE [a-z_(]|BEGIN IMMEDIATE)" || true
}

check_length() {
    sources core app ui | xargs -r -d '\n' awk 'FNR == 501 { print FILENAME ":501:longer than 500 lines" }'
}

check_waiting() {
    local waits='\b(sleep_for|sleep_until|usleep|nanosleep|clock_nanosleep|msleep|qSleep|qWait|sleep)[ \t]*\('
    sources core app ui tests | code_of | grep -E "$waits|\b(QEventLoop|processEvents|QThread|QtConcurrent)\b" || true
}

check_pragma_once() {
    sources core app ui tests | grep '\.h$' | xargs -r -d '\n' grep -L '^#pragma once$' | sed 's/$/:1:no #pragma once/' || true
}

everything_of_ours() {
    find core app ui tests packaging resources cmake -type f \
        \( -name '*.cpp' -o -name '*.h' -o -name '*.sh' -o -name '*.cmake' -o -name '*.sql' -o -name CMakeLists.txt -o -path packaging/dev \) \
        -not -path 'tests/data/*' 2>/dev/null || true
    find . -maxdepth 2 \( -path ./CMakeLists.txt -o -path ./.ci/run \) -printf '%P\n'
}

check_spdx() {
    everything_of_ours | xargs -r -d '\n' awk '
        FNR == 1 { found = 0 }
        /SPDX-License-Identifier: Apache-2\.0/ { found = 1 }
        FNR == 2 || (FNR == 1 && found) { if (FNR == 2 || found) seen[FILENAME] = found }
        FNR == 1 { names[FILENAME] = 1 }
        END { for (name in names) if (!seen[name]) print name ":1:no SPDX line among the first two" }' | sort
}

check_unfinished() {
    everything_of_ours | grep -v '^tests/house/' | xargs -r -d '\n' grep -HnwE 'TODO|FIXME|XXX|HACK|TBD|WIP' || true
    everything_of_ours | grep -v '^tests/house/' | xargs -r -d '\n' grep -HniE '(not (yet )?|un)implemented|implement (me|this)\b' || true
}

report 'include against the direction' < <(check_direction)
report 'Gui or Widgets in core' < <(check_widgets_in_core)
report 'Qt Sql outside repositories and core/database' < <(check_qtsql)
report 'SQL text outside repositories and core/database' < <(check_sql_text)
report 'file too long' < <(check_length)
report 'sleep, thread or event loop of the wrong kind' < <(check_waiting)
report 'header guard' < <(check_pragma_once)
report 'license line' < <(check_spdx)
report 'unfinished work' < <(check_unfinished)
exit "$breaches"
