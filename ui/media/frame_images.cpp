// SPDX-License-Identifier: Apache-2.0
#include "ui/media/frame_images.h"

#include "core/backend/backend.h"
#include "ui/media/media_job.h"

#include <QFile>
#include <QImageReader>

#include <algorithm>

namespace ui {

using namespace Qt::StringLiterals;
using core::ErrorKind;
using core::failure;

namespace {

constexpr int mostUnderWay = 4;
constexpr int allocationMib = 256;
constexpr qint64 largestFile = qint64{64} << 20;

/// Formats that hold a picture and nothing else: no SVG, which can name other files.
bool isPlainPicture(const QByteArray& format)
{
    return format == "jpeg" || format == "jpg" || format == "png" || format == "webp" || format == "bmp" || format == "gif";
}

core::Result<QImage> readScaled(const QString& path, const QSize& size)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failure(ErrorKind::Forbidden, u"file_unreadable"_s, file.errorString());
    if (file.size() == 0 || file.size() > largestFile || !isPlainPicture(QImageReader::imageFormat(&file)))
        return failure(ErrorKind::Invalid, u"not_media"_s, u"No picture that can be shown"_s);
    QImageReader reader(&file);
    reader.setAllocationLimit(allocationMib);
    reader.setAutoTransform(true);
    if (const QSize whole = reader.size(); whole.isValid() && (whole.width() > size.width() || whole.height() > size.height()))
        reader.setScaledSize(whole.scaled(size, Qt::KeepAspectRatio).expandedTo(QSize(1, 1)));
    QImage image = reader.read();
    if (image.isNull())
        return failure(ErrorKind::Invalid, u"not_media"_s, reader.errorString());
    return image;
}

}

FrameImages::FrameImages(core::backend::Backend* backend, qint64 cacheBytes, QObject* parent)
    : QObject(parent), m_backend(backend), m_cache(std::max<qint64>(1, cacheBytes / 1024))
{
}

FrameImages::~FrameImages()
{
    m_closing.cancel();
}

void FrameImages::setSize(const QSize& pixels)
{
    // steps, so that dragging the slider does not read all pictures at each pixel
    const auto rounded = [](int side) { return std::clamp((side + 79) / 80 * 80, 80, 4096); };
    const QSize size(rounded(pixels.width()), rounded(pixels.height()));
    if (size == m_size)
        return;
    m_size = size;
    ++m_generation;
    m_cache.clear();
    m_underWay.clear();
}

void FrameImages::want(const QStringList& storageKeys)
{
    m_wanted.clear();
    for (const QString& key : storageKeys) {
        if (!m_cache.contains(key) && !m_errors.contains(key) && !m_underWay.contains(key))
            m_wanted << key;
    }
    next();
}

QImage FrameImages::image(const QString& storageKey) const
{
    const QImage* kept = m_cache.object(storageKey);
    return kept ? *kept : QImage();
}

void FrameImages::next()
{
    while (!m_wanted.isEmpty() && m_underWay.size() < mostUnderWay) {
        const QString key = m_wanted.takeFirst();
        m_underWay << key;
        if (!m_backend) {
            take(key, m_generation, failure(ErrorKind::Unavailable, u"store_closed"_s, tr("The store is not open.")));
            continue;
        }
        core::whenDone(m_backend->localFile(key), this, [this, key, generation = m_generation](const core::Result<QString>& path) {
            if (generation != m_generation)
                return;
            if (path)
                read(key, *path);
            else
                take(key, generation, tl::make_unexpected(path.error()));
        });
    }
}

void FrameImages::read(const QString& storageKey, const QString& path)
{
    const auto work = [path, size = m_size, closing = m_closing.token()]() -> core::Result<QImage> {
        if (closing.isCancelled())
            return failure(ErrorKind::Cancelled, u"closed"_s, u"The view was closed"_s);
        return readScaled(path, size);
    };
    core::whenDone(m_lane.run(work), this, [this, storageKey, generation = m_generation](const core::Result<QImage>& image) {
        take(storageKey, generation, image);
    });
}

void FrameImages::take(const QString& storageKey, int generation, const core::Result<QImage>& image)
{
    if (generation != m_generation)
        return;
    m_underWay.remove(storageKey);
    if (image)
        m_cache.insert(storageKey, new QImage(*image), std::max<qsizetype>(1, image->sizeInBytes() / 1024));
    else
        m_errors.insert(storageKey, pictureErrorText(image.error()));
    emit arrived(storageKey);
    next();
}

}
