// SPDX-License-Identifier: Apache-2.0
#include "ui/console/log_buffer.h"

#include "core/base/secrets.h"
#include "core/base/time.h"

#include <QtGlobal>

#include <mutex>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

// Qt's hook is a plain function, so what it reaches must stand here.
std::mutex installed;    // a thread may be writing while the buffer goes
LogBuffer* installedBuffer = nullptr;
QtMessageHandler former = nullptr;

QString levelWord(QtMsgType type)
{
    switch (type) {
    case QtDebugMsg: return u"debug"_s;
    case QtInfoMsg: return u"info"_s;
    case QtWarningMsg: return u"warning"_s;
    case QtCriticalMsg: return u"critical"_s;
    case QtFatalMsg: return u"fatal"_s;
    }
    return u"?"_s;
}

void take(QtMsgType type, const QMessageLogContext& context, const QString& message)
{
    const QString line =
        u"%1 %2 %3"_s.arg(core::base::toIsoText(core::base::systemNow()), levelWord(type), core::base::maskSecrets(message));
    {
        const std::scoped_lock lock(installed);
        if (installedBuffer)
            installedBuffer->append(line);
    }
    if (former)
        former(type, context, message);
}

}

LogBuffer::~LogBuffer()
{
    const std::scoped_lock lock(installed);
    if (installedBuffer == this)
        installedBuffer = nullptr;
}

void LogBuffer::append(const QString& line)
{
    const std::scoped_lock lock(m_mutex);
    m_lines.push_back(line);
    ++m_last;
    if (static_cast<qsizetype>(m_lines.size()) > maxLines)
        m_lines.pop_front();
}

LogBuffer::Lines LogBuffer::after(qint64 number) const
{
    const std::scoped_lock lock(m_mutex);
    const qint64 first = m_last - static_cast<qint64>(m_lines.size());    // number of the line before the oldest kept
    Lines found;
    found.last = m_last;
    for (qint64 each = std::max(first, number); each < m_last; ++each)
        found.lines << m_lines[static_cast<size_t>(each - first)];
    return found;
}

QByteArray LogBuffer::text() const
{
    QByteArray text;
    const auto all = after(0);
    for (const QString& line : all.lines)
        text += line.toUtf8() + '\n';
    return text;
}

void LogBuffer::install()
{
    const std::scoped_lock lock(installed);
    installedBuffer = this;
    if (const QtMessageHandler before = qInstallMessageHandler(take); before != take)
        former = before;
}

}
