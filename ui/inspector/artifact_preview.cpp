// SPDX-License-Identifier: Apache-2.0
#include "ui/inspector/artifact_preview.h"

#include "ui/base/error_bar.h"
#include "ui/base/format.h"
#include "ui/base/ink_label.h"
#include "ui/base/log_view.h"
#include "ui/media/media_job.h"
#include "ui/media/wave_view.h"
#include "ui/session/store_session.h"

#include <QFile>
#include <QImageReader>
#include <QLabel>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 longestText = qint64{1} << 20;
constexpr int widestPicture = 1920;

constexpr int posterWidth = 960;
constexpr qint64 posterAtMs = 1000;    // the first picture of many videos is black
constexpr int wavePieces = 2000;

enum class Kind { Image, Text, Video, Sound, Other };

Kind kindOf(const core::files::File& file)
{
    const QString ending = file.path.section(u'.', -1).toLower();
    if (file.mimeType.startsWith(u"image/") || QStringList{u"jpg"_s, u"jpeg"_s, u"png"_s, u"webp"_s}.contains(ending))
        return Kind::Image;
    if (file.mimeType.startsWith(u"text/") || file.mimeType == u"application/json" || file.mimeType == u"application/x-subrip" ||
        QStringList{u"srt"_s, u"vtt"_s, u"json"_s, u"txt"_s, u"ass"_s, u"log"_s}.contains(ending))
        return Kind::Text;
    // the type first: a sound may well be named like a video
    if (file.mimeType.startsWith(u"video/"))
        return Kind::Video;
    if (file.mimeType.startsWith(u"audio/") || QStringList{u"wav"_s, u"mp3"_s, u"m4a"_s, u"ogg"_s, u"flac"_s, u"opus"_s}.contains(ending))
        return Kind::Sound;
    if (QStringList{u"mp4"_s, u"mkv"_s, u"webm"_s, u"mov"_s, u"avi"_s}.contains(ending))
        return Kind::Video;
    return Kind::Other;
}

}

ArtifactPreview::ArtifactPreview(const UiContext& ui, QWidget* parent)
    : QWidget(parent),
      m_ui(ui),
      m_error(new ErrorBar(this)),
      m_stack(new QStackedWidget(this)),
      m_message(new InkLabel(TextRole::Body, InkLabel::Ink::Text2, this)),
      m_picture(new QLabel(this)),
      m_text(new LogView(tr("Text of the artifact"), this)),
      m_wave(new WaveView(this))
{
    m_text->setMarksTrouble(false);
    m_text->setMasksCopies(true);
    m_picture->setObjectName(u"picture"_s);
    m_picture->setAlignment(Qt::AlignCenter);
    m_picture->setMinimumSize(1, 1);
    m_picture->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Ignored);
    m_picture->setAccessibleName(tr("Picture of the artifact"));
    m_message->setWordWrap(true);
    m_message->setAlignment(Qt::AlignTop | Qt::AlignLeading);
    m_stack->addWidget(m_message);
    m_stack->addWidget(m_picture);
    m_stack->addWidget(m_text);
    m_stack->addWidget(m_wave);
    m_wave->setAccessibleName(tr("Sound of the artifact over time"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_error);
    column->addWidget(m_stack, 1);
    m_error->setRetryOffered(false);
}

ArtifactPreview::~ArtifactPreview()
{
    m_drawing.cancel();
}

QString ArtifactPreview::message() const
{
    return m_stack->currentWidget() == m_message ? m_message->text() : QString();
}

void ArtifactPreview::say(const QString& sentence)
{
    m_message->setText(sentence);
    m_stack->setCurrentWidget(m_message);
}

void ArtifactPreview::showNothing()
{
    ++m_generation;
    m_drawing.cancel();
    m_drawing = {};
    m_error->clear();
    m_image = {};
    m_picture->setPixmap({});
    m_text->setLog({});
    say({});
}

void ArtifactPreview::showArtifact(const core::files::ArtifactWithFile& artifact)
{
    showNothing();
    if (!artifact.file) {
        const QByteArray meta = artifact.artifact.meta.value_or(QByteArray());
        if (meta.isEmpty())
            return say(tr("This artifact has no file."));
        m_text->setLog(meta);
        m_stack->setCurrentWidget(m_text);
        return;
    }
    readStored(*artifact.file);
}

void ArtifactPreview::readStored(const core::files::File& file)
{
    auto* backend = m_ui.session.backend();
    if (!backend)
        return;
    const Kind kind = kindOf(file);
    if (kind == Kind::Video)
        return readPoster(file);
    if (kind == Kind::Sound)
        return readWave(file);
    core::whenDone(backend->localFile(file.path), this, [this, kind, asked = m_generation](const core::Result<QString>& path) {
        if (asked != m_generation)
            return;
        if (!path) {
            if (path.error().kind == core::ErrorKind::NotFound)
                say(tr("This file is not in the storage."));
            else
                m_error->showError(tr("The file could not be found."), path.error());
            return;
        }
        if (kind == Kind::Other)
            return say(tr("There is no preview for this kind of file. Open it with the program that your desktop has for it, or save it."));
        core::whenDone(m_lane.run([local = *path, kind] { return readFile(local, kind == Kind::Image); }), this,
                       [this, asked](const core::Result<Read>& read) {
                           if (asked == m_generation)
                               take(read);
                       });
    });
}

void ArtifactPreview::readPoster(const core::files::File& file)
{
    say(tr("Reading a picture of the video…"));
    const qint64 at = std::min(posterAtMs, file.durationMs.value_or(0) / 2);
    core::whenDone(m_ui.session.backend()->posterFrame(file.path, at, posterWidth, m_drawing.token()), this,
                   [this, asked = m_generation](const core::Result<QByteArray>& bytes) {
                       if (asked != m_generation)
                           return;
                       const QImage image = bytes ? QImage::fromData(*bytes, "JPG") : QImage();
                       if (image.isNull())
                           return say(bytes ? tr("There is no picture of this video.") : pictureErrorText(bytes.error()));
                       showImage(image);
                   });
}

void ArtifactPreview::readWave(const core::files::File& file)
{
    m_wave->setPeaks({});
    m_wave->setDuration(file.durationMs.value_or(0));
    m_wave->setNote(tr("Reading the sound…"));
    m_stack->setCurrentWidget(m_wave);
    core::whenDone(m_ui.session.backend()->peaks(file.path, wavePieces, m_drawing.token()), this,
                   [this, asked = m_generation](const core::Result<core::media::Peaks>& peaks) {
                       if (asked != m_generation)
                           return;
                       if (!peaks)
                           return say(soundErrorText(peaks.error()));
                       m_wave->setNote({});
                       m_wave->setDuration(peaks->durationMs);
                       m_wave->setPeaks(*peaks);
                   });
}

core::Result<ArtifactPreview::Read> ArtifactPreview::readFile(const QString& path, bool isImage)
{
    Read read;
    if (isImage) {
        QImageReader reader(path);
        reader.setAutoTransform(true);
        if (const QSize size = reader.size(); size.width() > widestPicture)
            reader.setScaledSize(size.scaled(widestPicture, widestPicture, Qt::KeepAspectRatio));
        read.image = reader.read();
        if (read.image.isNull())
            return core::failure(core::ErrorKind::Malformed, u"image_unreadable"_s, reader.errorString());
        return read;
    }
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return core::failure(core::ErrorKind::Unavailable, u"file_unreadable"_s, file.errorString());
    read.text = file.read(longestText);
    read.isCut = !file.atEnd();
    return read;
}

void ArtifactPreview::take(const core::Result<Read>& read)
{
    if (!read) {
        m_error->showError(tr("The file could not be shown."), read.error(), tr("The file itself was not changed."));
        return;
    }
    if (!read->image.isNull())
        return showImage(read->image);
    m_text->setLog(read->isCut ? read->text + "\n" + tr("Only the first %1 are shown.").arg(sizeText(longestText)).toUtf8() : read->text);
    m_stack->setCurrentWidget(m_text);
}

void ArtifactPreview::showImage(const QImage& image)
{
    m_image = image;
    m_stack->setCurrentWidget(m_picture);
    fitImage();
}

void ArtifactPreview::fitImage()
{
    if (m_image.isNull())
        return;
    const qreal ratio = devicePixelRatioF();
    const QSize room = (QSizeF(m_stack->size()) * ratio).toSize().boundedTo(m_image.size());
    QPixmap pixmap = QPixmap::fromImage(m_image.scaled(room, Qt::KeepAspectRatio, Qt::SmoothTransformation));
    pixmap.setDevicePixelRatio(ratio);
    m_picture->setPixmap(pixmap);
}

void ArtifactPreview::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    fitImage();
}

}
