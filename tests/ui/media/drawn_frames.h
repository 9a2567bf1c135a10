// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tasks/schemas_frames.h"

#include <QDir>
#include <QImage>
#include <QPainter>

namespace test_support {

/// Pictures of 640 x 360 in a storage, one for each time, each of its own colour with its number in it; every ninth is left out.
inline QList<core::tasks::FrameInfo> drawFrames(const QString& storage, int count, qint64 stepMs)
{
    QList<core::tasks::FrameInfo> frames;
    QDir(storage).mkpath(QStringLiteral("frames"));
    for (int i = 0; i < count; ++i) {
        const QString key = QStringLiteral("frames/frame-%1.jpg").arg(i, 6, 10, QChar(u'0'));
        frames << core::tasks::FrameInfo{key, i * stepMs, 640, 360};
        if (i % 9 == 8)
            continue;
        QImage image(640, 360, QImage::Format_RGB32);
        image.fill(QColor::fromHsv((i / 5 * 67) % 360, 60, 210));
        QPainter painter(&image);
        painter.setBrush(QColor::fromHsv((i / 5 * 67) % 360, 120, 90));
        painter.setPen(Qt::NoPen);
        painter.drawEllipse(QPoint(150 + i % 5 * 80, 180), 70, 70);
        painter.drawRect(0, 290, 640, 70);
        painter.end();
        image.save(storage + u'/' + key, "JPG");
    }
    return frames;
}

}
