// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

class QGridLayout;
class QLabel;
class QPushButton;

namespace ui {

/// What a view shows instead of rows: a small line drawing (or none), one title, one sentence, one primary act, one secondary, up to
/// three links. Parts that are not set are not there.
class EmptyState final : public QWidget {
    Q_OBJECT

public:
    explicit EmptyState(QWidget* parent = nullptr);

    /// A drawing of resources/icons by its name.
    void setDrawing(const QString& name);
    void setTitle(const QString& title);
    void setSentence(const QString& sentence);
    /// Outside text in mono below the sentence, such as the filter that takes nothing.
    void setQuoted(const QString& text);
    void setPrimary(const QString& text, const QString& icon = {});
    void setSecondary(const QString& text, const QString& icon = {});
    /// A line below: `words` as text, then `link` (may be empty: words only), then a keycap (may be empty).
    void addLink(const QString& icon, const QString& words, const QString& link = {}, const QString& key = {});
    /// Whether this connection lets a person do it; `why` stands in the tooltips.
    void setActsEnabled(bool enabled, const QString& why);

signals:
    void primaryAsked();
    void secondaryAsked();
    /// By the order in which the links were added, from 0.
    void linkAsked(int index);

protected:
    void changeEvent(QEvent* event) override;

private:
    void applyColors();

    QString m_drawingName;
    QString m_primaryIcon;
    QLabel* m_drawing;
    QLabel* m_title;
    QLabel* m_sentence;
    QLabel* m_quoted;
    QPushButton* m_primary;
    QPushButton* m_secondary;
    QGridLayout* m_links;
    QList<std::pair<QLabel*, QString>> m_linkIcons;
};

}
