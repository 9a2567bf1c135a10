// SPDX-License-Identifier: Apache-2.0
#include "core/media/stall_watch.h"

#include <QDir>
#include <QFile>

namespace core::media {

using namespace Qt::StringLiterals;

bool StallWatch::isStalled()
{
    if (!m_patience.hasExpired())
        return false;
    const qint64 ticks = processorTicksOf(m_group);
    if (ticks == m_ticks)
        return true;
    m_ticks = ticks;
    heard();
    return false;
}

qint64 processorTicksOf(pid_t group)
{
    qint64 ticks = 0;
    for (const QString& name : QDir(u"/proc"_s).entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        QFile file(u"/proc/%1/stat"_s.arg(name));
        if (!name.at(0).isDigit() || !file.open(QIODevice::ReadOnly))
            continue;    // no process, or one that has ended since
        const QByteArray line = file.readAll();
        // proc(5): the name stands in brackets and may hold any; after it state, parent, group, ... and from the 12th the four times.
        const QList<QByteArray> fields = line.mid(line.lastIndexOf(')') + 2).split(' ');
        if (fields.size() < 15 || fields.at(2).toLongLong() != group)
            continue;
        for (qsizetype i = 11; i < 15; ++i)
            ticks += fields.at(i).toLongLong();
    }
    return ticks;
}

}
