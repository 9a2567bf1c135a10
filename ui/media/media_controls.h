// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QList>
#include <QString>
#include <QWidget>

#include <functional>
#include <utility>

class QPainter;
class QToolButton;
class QPushButton;

namespace ui {

/// Small parts that several media views show.

/// A flat 24 px button with an icon; `name` is its tooltip and accessible name, with the shortcut in brackets if there is one.
[[nodiscard]] QToolButton* iconButton(const QString& icon, const QString& name, const QString& shortcut, QWidget* parent);

/// "Copy" with a menu; each entry puts the text it makes on the clipboard.
struct CopyChoice {
    QString name;
    std::function<QString()> text;
};
[[nodiscard]] QPushButton* copyButton(const QString& title, const QList<CopyChoice>& choices, QWidget* parent);

/// A colour's square and what it stands for: "silence".
class LegendKey final : public QWidget {
    Q_OBJECT

public:
    enum class Sign { Amber, DottedWord, SolidWord };
    LegendKey(Sign sign, const QString& text, QWidget* parent);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Sign m_sign;
    QString m_text;
};

/// Keycaps with a word: ([Enter] open). At most three in a line.
class KeyHints final : public QWidget {
    Q_OBJECT

public:
    struct Hint {
        QList<QString> keys;
        QString what;
    };
    KeyHints(const QList<Hint>& hints, QWidget* parent);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return {0, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    int layOut(QPainter* painter) const;
    QList<Hint> m_hints;
};

}
