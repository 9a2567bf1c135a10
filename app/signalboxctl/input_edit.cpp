// SPDX-License-Identifier: Apache-2.0
#include "app/signalboxctl/input_edit.h"

#include "app/signalboxctl/exit_code.h"
#include "core/base/json_spelling.h"
#include "core/base/json_text.h"

#include <QFile>
#include <QFileInfo>

namespace app {

using core::ErrorKind;
using core::errorOf;
using core::failure;
using core::JsonText;
using core::Result;
using namespace Qt::StringLiterals;

namespace {

QByteArray valueAsJson(const QString& value)
{
    const QByteArray bytes = value.toUtf8();
    return JsonText::parse(bytes) ? bytes : core::base::encodeJsonString(value);
}

Result<QByteArray> withSetting(const QByteArray& document, const QString& key, const QByteArray& json)
{
    auto parsed = JsonText::parse(document);
    if (!parsed)
        return failure(ErrorKind::Malformed, parsed.error().code, parsed.error().message, u"input"_s);
    QString parent;
    QString member = key;
    if (key.startsWith(u'/')) {
        const qsizetype slash = key.lastIndexOf(u'/');
        parent = key.left(slash);
        member = key.mid(slash + 1).replace(u"~1"_s, u"/"_s).replace(u"~0"_s, u"~"_s);
    }
    const auto target = parsed->find(parent);
    if (!target || target->kind() != core::JsonKind::Object)
        return failure(ErrorKind::Invalid, u"input_no_object"_s, u"There is no object in the input in which %1 could be set"_s.arg(key),
                       key);
    return parsed->withMember(parent, member, json);
}

}

Result<QByteArray> withSettings(const QByteArray& document, const QStringList& settings)
{
    QByteArray edited = document;
    for (const QString& setting : settings) {
        const qsizetype equals = setting.indexOf(u'=');
        if (equals < 1)
            return usageFailure(u"--set takes KEY=VALUE, not \"%1\""_s.arg(setting), u"--set"_s);
        auto next = withSetting(edited, setting.left(equals), valueAsJson(setting.mid(equals + 1)));
        if (!next)
            return next;
        edited = std::move(*next);
    }
    return edited;
}

Result<QByteArray> readDocument(const QString& path, const QString& field)
{
    constexpr qint64 mostBytes = qint64{64} << 20;
    QFile file(path);
    const bool isStandardInput = path == u"-"_s;
    if (!isStandardInput && !QFileInfo::exists(path))
        return failure(ErrorKind::NotFound, u"file_not_found"_s, u"There is no file %1"_s.arg(path), field);
    const bool isOpen = isStandardInput ? file.open(stdin, QIODevice::ReadOnly) : file.open(QIODevice::ReadOnly);
    if (!isOpen)
        return failure(ErrorKind::Unavailable, u"file_not_readable"_s, u"%1 cannot be read: %2"_s.arg(path, file.errorString()), field);
    const QByteArray bytes = file.read(mostBytes + 1);
    if (file.error() != QFile::NoError)
        return failure(ErrorKind::Unavailable, u"file_not_readable"_s, u"%1 cannot be read: %2"_s.arg(path, file.errorString()), field);
    if (bytes.size() > mostBytes)
        return failure(ErrorKind::TooLarge, u"input_too_large"_s, u"%1 is over 64 MiB"_s.arg(path), field);
    return bytes;
}

Result<std::optional<QByteArray>> inputOption(const Arguments& arguments)
{
    const auto given = arguments.value(u"input");
    if (!given)
        return std::optional<QByteArray>();
    if (!given->startsWith(u'@'))
        return given->toUtf8();
    return readDocument(given->mid(1), u"--input"_s).map([](QByteArray bytes) { return std::optional<QByteArray>(std::move(bytes)); });
}

}
