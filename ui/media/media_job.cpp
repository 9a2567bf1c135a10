// SPDX-License-Identifier: Apache-2.0
#include "ui/media/media_job.h"

#include "core/base/lane.h"
#include "ui/base/format.h"
#include "ui/session/store_session.h"

#include <QCoreApplication>

#include <cstdlib>
#include <memory>

namespace ui {

namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("ui::MediaJob", text);
}

/// Longer inputs are read on a lane, which goes with the receiver.
constexpr qsizetype readsAtOnce = 32 * 1024;

class InputReader final : public QObject {
public:
    using QObject::QObject;
    core::Lane lane;
};

void readInput(core::JobType type, const QByteArray& bytes, QObject* receiver,
               const std::function<void(const core::tasks::InputPayload&)>& use)
{
    if (bytes.size() <= readsAtOnce) {
        use(core::tasks::parseInput(type, bytes).value);
        return;
    }
    auto* reader = new InputReader(receiver);
    const auto read = [type, bytes]() -> core::Result<std::shared_ptr<const core::tasks::InputPayload>> {
        return std::make_shared<const core::tasks::InputPayload>(core::tasks::parseInput(type, bytes).value);
    };
    core::whenDone(reader->lane.run(read), receiver, [use, reader](const auto& input) {
        if (input)
            use(**input);
        reader->deleteLater();
    });
}

}

void withInput(const PayloadContext& context, QObject* receiver, const std::function<void(const core::tasks::InputPayload&)>& use)
{
    if (context.input) {
        readInput(context.job.type, *context.input, receiver, use);
        return;
    }
    if (auto* backend = context.ui.session.backend()) {
        core::whenDone(backend->job(context.job.id), receiver, [use, receiver](const core::Result<core::backend::JobDetails>& details) {
            if (details)
                readInput(details->job.type, details->job.inputData, receiver, use);
        });
    }
}

QString mediaLength(qint64 ms)
{
    if (ms >= 60'000 || ms <= -60'000)
        return timecode(ms);
    return tr("%1 s").arg(QString::number(double(ms) / 1000, 'f', 1));
}

QString fileNameOf(const QString& storageKey)
{
    return plainLine(storageKey.section(u'/', -1));
}

QString soundErrorText(const core::Error& error)
{
    const QString& code = error.code;
    if (code == u"no_audio")
        return tr("This file has no sound.");
    if (code == u"file_missing")
        return tr("The file is not in the storage any more. The times below are the job's own.");
    if (code == u"tool_missing")
        return tr("The wave needs ffmpeg, which is not installed here.");
    if (code == u"not_media" || code == u"file_empty" || code == u"format_not_allowed")
        return tr("The file holds no media that can be read.");
    if (error.kind == core::ErrorKind::TimedOut)
        return tr("The file is too long to draw its sound within two minutes.");
    return plainLine(error.message);
}

QString pictureErrorText(const core::Error& error)
{
    const QString& code = error.code;
    if (code == u"no_video")
        return tr("This file has no picture.");
    if (code == u"file_missing")
        return tr("File missing");
    if (code == u"tool_missing")
        return tr("Pictures of videos need ffmpeg, which is not installed here.");
    if (code == u"not_media" || code == u"file_empty" || code == u"format_not_allowed")
        return tr("The file holds no media that can be read.");
    return plainLine(error.message);
}

}
