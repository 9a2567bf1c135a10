// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

class QCheckBox;
class QLineEdit;

namespace ui {

class InkLabel;
class LogView;

/// A log with its search line, follow switch and copy. ctrl+F goes to the search, Enter and shift+Enter step through the hits.
class LogPane final : public QWidget {
    Q_OBJECT

public:
    explicit LogPane(const QString& name, QWidget* parent = nullptr);
    [[nodiscard]] LogView* view() const { return m_view; }
    /// Whether lines come in while it is shown; then a person may follow them. Not so unless told.
    void setGrows(bool grows);
    /// Opens on the last lines; a log that only grew keeps its place.
    void setLog(const QByteArray& text);
    /// What stands in the place of an empty log.
    void setEmptyText(const QString& sentence);

private:
    void search(const QString& text);
    void step(bool backwards);
    void tellHits();

    LogView* m_view;
    QLineEdit* m_field;
    InkLabel* m_hits;
    QCheckBox* m_follow;
    InkLabel* m_empty;
    QString m_emptyText;
};

}
