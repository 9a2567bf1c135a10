// SPDX-License-Identifier: Apache-2.0
#include "core/base/logging.h"

#include "core/base/secrets.h"
#include "core/base/time.h"

#include <atomic>
#include <cstdio>

namespace core::base {

using namespace Qt::StringLiterals;

namespace {

std::atomic<bool> isVerbose = false;

QString levelName(QtMsgType type)
{
    switch (type) {
    case QtDebugMsg: return u"debug"_s;
    case QtInfoMsg: return u"info"_s;
    case QtWarningMsg: return u"warning"_s;
    case QtCriticalMsg: return u"error"_s;
    case QtFatalMsg: return u"fatal"_s;
    }
    Q_UNREACHABLE();
}

QString withoutControls(const QString& text)
{
    QString safe;
    safe.reserve(text.size());
    for (const QChar c : text) {
        if (c.unicode() < 0x20 || (c.unicode() >= 0x7f && c.unicode() < 0xa0))
            safe += u"\\x%1"_s.arg(c.unicode(), 2, 16, QLatin1Char('0'));
        else
            safe += c;
    }
    return safe;
}

void writeLine(QtMsgType type, const QMessageLogContext&, const QString& message)
{
    if ((type == QtDebugMsg || type == QtInfoMsg) && !isVerbose)
        return;
    const QByteArray line =
        (toIsoText(systemNow()) + u' ' + levelName(type) + u' ' + withoutControls(maskSecrets(message)) + u'\n').toUtf8();
    std::fwrite(line.constData(), 1, static_cast<size_t>(line.size()), stderr);
}

}

void installLogging(bool verbose)
{
    isVerbose = verbose;
    qInstallMessageHandler(writeLine);
}

}
