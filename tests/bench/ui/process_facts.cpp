// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/ui/process_facts.h"

#include <QByteArray>
#include <QFile>

namespace bench {

namespace {

double megabytesOf(const QByteArray& status, const QByteArray& key)
{
    const qsizetype at = status.indexOf('\n' + key + ':');
    if (at < 0)
        return 0;
    const qsizetype from = at + key.size() + 2;
    const QByteArray kilobytes = status.mid(from, status.indexOf(" kB", from) - from).trimmed();
    return kilobytes.toDouble() * 1024 / 1e6;
}

}

Memory memoryNow()
{
    QFile file(QStringLiteral("/proc/self/status"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QByteArray status = file.readAll();
    return {megabytesOf(status, "VmRSS"), megabytesOf(status, "RssAnon"), megabytesOf(status, "VmHWM")};
}

double clockMs(clockid_t clock)
{
    timespec now{};
    clock_gettime(clock, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) * 1e-6;
}

}
