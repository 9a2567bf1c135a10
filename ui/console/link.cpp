// SPDX-License-Identifier: Apache-2.0
#include "ui/console/console.h"

#include <QUrlQuery>

namespace ui {

using namespace Qt::StringLiterals;

core::Result<Link> readLink(const QUrl& link)
{
    const auto wrong = [](const QString& why) {
        return core::failure(core::ErrorKind::Invalid, u"link_invalid"_s, why + u": a link reads signalbox://job/ID"_s, u"link"_s);
    };
    if (link.scheme() != "signalbox"_L1)
        return wrong(u"The link does not begin with signalbox:"_s);
    if (link.host() != "job"_L1)
        return wrong(u"The link names no job"_s);
    const QString id = link.path(QUrl::FullyDecoded).mid(1);
    constexpr qsizetype longestId = 200;
    if (id.isEmpty() || id.size() > longestId || id.contains(u'/'))
        return wrong(u"The link holds no job's id"_s);
    Link read;
    read.job = core::JobId{id};
    const QUrlQuery query(link);
    read.connection = query.queryItemValue(u"connection"_s, QUrl::FullyDecoded);
    const QStringList tabs{u"overview"_s, u"input"_s,     u"output"_s, u"events"_s, u"attempts"_s,
                           u"webhooks"_s, u"artifacts"_s, u"broker"_s, u"raw"_s};
    if (const auto tab = tabs.indexOf(query.queryItemValue(u"tab"_s)); tab >= 0)
        read.tab = static_cast<InspectorTab>(tab);
    return read;
}

}
