// SPDX-License-Identifier: Apache-2.0
#include "ui/theme/icons.h"

#include <QFile>
#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

#include <optional>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

QByteArray drawing(const QString& name)
{
    QFile file(u":/icons/"_s + name + u".svg"_s);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QColor colorFor(QIcon::Mode mode)
{
    const QPalette palette = QGuiApplication::palette();
    const Theme& theme = themeOf(palette);
    switch (mode) {
    case QIcon::Normal: return theme.text2;
    case QIcon::Active: return theme.text;
    case QIcon::Disabled: return theme.disabled;
    case QIcon::Selected: return theme.highlightedText;
    }
    Q_UNREACHABLE();
}

class DrawnIcon final : public QIconEngine {
public:
    explicit DrawnIcon(QString name, std::optional<JobState> state = {}) : m_name(std::move(name)), m_state(state) {}
    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override
    {
        paintIcon(painter, rect, m_name, ink(mode));
    }
    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State) override
    {
        return iconPixmap(m_name, ink(mode), std::min(size.width(), size.height()), 1.0);
    }
    QPixmap scaledPixmap(const QSize& size, QIcon::Mode mode, QIcon::State, qreal scale) override
    {
        // Qt hands in device pixels here
        return iconPixmap(m_name, ink(mode), qRound(std::min(size.width(), size.height()) / scale), scale);
    }
    [[nodiscard]] QIconEngine* clone() const override { return new DrawnIcon(m_name, m_state); }

private:
    [[nodiscard]] QColor ink(QIcon::Mode mode) const
    {
        return m_state ? themeOf(QGuiApplication::palette()).state(*m_state).ink : colorFor(mode);
    }
    QString m_name;
    std::optional<JobState> m_state;
};

/// Looks for the desktop's icon when it is first drawn: the first look reads the themes' folders, which no start of a window should wait for.
class DesktopIcon final : public QIconEngine {
public:
    explicit DesktopIcon(QString name) : m_name(std::move(name)) {}
    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State state) override
    {
        icon().paint(painter, rect, Qt::AlignCenter, mode, state);
    }
    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override { return icon().pixmap(size, 1.0, mode, state); }
    QPixmap scaledPixmap(const QSize& size, QIcon::Mode mode, QIcon::State state, qreal scale) override
    {
        // Qt hands in device pixels here
        return icon().pixmap((QSizeF(size) / scale).toSize(), scale, mode, state);
    }
    [[nodiscard]] QIconEngine* clone() const override { return new DesktopIcon(m_name); }

private:
    [[nodiscard]] const QIcon& icon()
    {
        if (!m_icon)
            m_icon = QIcon::fromTheme(m_name, ownIcon(m_name));
        return *m_icon;
    }
    QString m_name;
    std::optional<QIcon> m_icon;
};

}

QPixmap iconPixmap(const QString& name, const QColor& color, int logicalSize, qreal devicePixelRatio)
{
    const QString key = u"icon/%1/%2/%3/%4"_s.arg(name, color.name(QColor::HexArgb)).arg(logicalSize).arg(devicePixelRatio);
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap))
        return pixmap;
    const int side = std::max(1, qRound(logicalSize * devicePixelRatio));
    QByteArray svg = drawing(name);
    svg.replace("currentColor", color.name().toLatin1());
    svg.replace("currentAccent", themeOf(QGuiApplication::palette()).done.ink.name().toLatin1());
    QSvgRenderer renderer(svg);
    const QSize natural = renderer.defaultSize();
    QSize size(side, side);
    if (natural.isValid() && natural.width() != natural.height())
        size = natural.scaled(QSize(side, side), Qt::KeepAspectRatio);
    pixmap = QPixmap(size);
    pixmap.fill(Qt::transparent);
    if (renderer.isValid()) {
        QPainter painter(&pixmap);
        renderer.render(&painter);
    }
    pixmap.setDevicePixelRatio(devicePixelRatio);
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

void paintIcon(QPainter* painter, const QRect& rect, const QString& name, const QColor& color)
{
    const int side = std::min(rect.width(), rect.height());
    const QPixmap pixmap = iconPixmap(name, color, side, painter->device()->devicePixelRatioF());
    const QSizeF drawn = pixmap.deviceIndependentSize();
    painter->drawPixmap(QPointF(rect.x() + (rect.width() - drawn.width()) / 2, rect.y() + (rect.height() - drawn.height()) / 2), pixmap);
}

QIcon ownIcon(const QString& name)
{
    return QIcon(new DrawnIcon(name));
}

QIcon inkIcon(const QString& name, JobState state)
{
    return QIcon(new DrawnIcon(name, state));
}

QIcon actionIcon(const QString& name)
{
    return QIcon(new DesktopIcon(name));
}

QString stateIconName(JobState state)
{
    switch (state) {
    case JobState::Pending: return u"state-pending"_s;
    case JobState::Running: return u"state-running"_s;
    case JobState::Done: return u"state-done"_s;
    case JobState::Failed: return u"state-failed"_s;
    case JobState::Cancelled: return u"state-cancelled"_s;
    case JobState::CancelAsked: return u"state-cancel-asked"_s;
    case JobState::Unknown: return u"state-unknown"_s;
    }
    Q_UNREACHABLE();
}

}
