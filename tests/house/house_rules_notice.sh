#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Shows that house_rules.sh notices: a small right house passes, and each breach added to it fails with its rule's name.
set -euo pipefail
rules="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)/house_rules.sh"
scratch="$(mktemp -d)"
trap 'rm -rf "$scratch"' EXIT
license='// SPDX-License-Identifier: Apache-2.0'
failures=0

# file PATH LINE... : a licensed source file of the small house
file() {
    local path="$scratch/house/$1"
    shift
    mkdir -p "$(dirname "$path")"
    printf '%s\n' "$license" "$@" >"$path"
}

fresh_house() {
    rm -rf "$scratch/house"
    mkdir -p "$scratch/house/.ci"
    printf '# SPDX-License-Identifier: Apache-2.0\n' | tee "$scratch/house/CMakeLists.txt" >"$scratch/house/.ci/run"
    file core/base/ids.h '#pragma once'
    file core/jobs/models.h '#pragma once' '#include "core/base/ids.h"'
    file core/jobs/job_repository.cpp '#include <QSqlQuery>' 'const char* text = "SELECT id FROM jobs WHERE id = :id";'
    file core/captions/burn.cpp '#include "core/media/run_context.h"'
    file core/tasks/service.cpp '#include "core/jobs/models.h"' '// SELECT id is what the repository does; we never sleep() here'
    file app/signalboxctl/main.cpp '#include "core/backend/backend.h"' '#include "core/jobs/models.h"'
    file tests/core/base/tst_ids.cpp '#include "core/base/ids.h"' '#include "tst_ids.moc"'
}

# passes WHAT
passes() {
    if ! "$rules" "$scratch/house" >"$scratch/out" 2>&1; then
        printf 'FAIL: %s should pass, but:\n' "$1"
        cat "$scratch/out"
        failures=1
    fi
}

# notices RULE PATH LINE... : with this file added, exactly this rule is reported, and for this file
notices() {
    local rule="$1" path="$2"
    shift 2
    fresh_house
    file "$path" "$@"
    if "$rules" "$scratch/house" >"$scratch/out" 2>&1 || ! grep -qE "^$path:[0-9]+: $rule" "$scratch/out" ||
        [[ "$(wc -l <"$scratch/out")" != 1 ]]; then
        printf 'FAIL: one breach of "%s" expected for %s, but:\n' "$rule" "$path"
        cat "$scratch/out"
        failures=1
    fi
}

fresh_house
passes 'the small house'

direction='include against the direction'
notices "$direction" core/jobs/service.cpp '#include "core/tasks/service.h"'
notices "$direction" core/files/service.cpp '#include "core/jobs/models.h"'
notices "$direction" core/base/lane.cpp '#include "core/database/connection.h"'
notices "$direction" core/media/probe.cpp '#include "core/captions/burn.h"'
notices "$direction" core/tasks/worker.cpp '#include "app/signalboxctl/table.h"'
notices "$direction" core/tasks/worker.cpp '#include "service.h"'
notices "$direction" core/helpers/strings.cpp '#include "core/base/ids.h"'
notices "$direction" app/signalboxctl/jobs.cpp '#include "core/jobs/job_repository.h"'
notices "$direction" ui/jobs/jobs_page.cpp '#include "core/tasks/service.h"'
notices 'Gui or Widgets in core' core/media/frame.cpp '#include <QtGui/QImage>'
notices 'Gui or Widgets in core' core/media/frame.cpp '#include <QPixmap>'
notices 'Gui or Widgets in core' core/media/CMakeLists.txt 'target_link_libraries(core PRIVATE Qt6::Gui)'
notices 'Qt Sql outside' core/tasks/submit.cpp '#include <QSqlQuery>'
notices 'Qt Sql outside' app/signalboxctl/doctor.cpp '#include <QtSql/QSqlDatabase>'
notices 'SQL text outside' core/tasks/submit.cpp 'auto text = u"SELECT id, status "_s;'
notices 'SQL text outside' core/tasks/submit.cpp 'auto text = u"UPDATE jobs SET status = :status"_s;'
notices 'SQL text outside' app/signalboxctl/prune.cpp 'auto text = u"DELETE FROM jobs"_s;'
mapfile -t long < <(seq -f '// line %g' 500)
notices 'file too long' core/tasks/submit.cpp "${long[@]}"
notices 'sleep, thread or event loop' core/tasks/submit.cpp 'std::this_thread::sleep_for(1s);'
notices 'sleep, thread or event loop' core/tasks/submit.cpp 'QEventLoop loop;'
notices 'sleep, thread or event loop' tests/core/tasks/tst_submit.cpp 'QTest::qWait(50);'
notices 'header guard' core/tasks/submit.h 'int answer();'
notices 'unfinished work' core/tasks/submit.cpp '// TODO check the input'
notices 'unfinished work' core/tasks/submit.cpp 'qFatal("not implemented");'

fresh_house
printf 'int answer();\n' >"$scratch/house/core/tasks/submit.cpp"
if "$rules" "$scratch/house" >"$scratch/out" || ! grep -q '^core/tasks/submit.cpp:1: license line' "$scratch/out"; then
    printf 'FAIL: a file without a license line passed\n'
    failures=1
fi

exit "$failures"
