// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/session/ui_context.h"

#include <QWidget>

class QMenu;
class QToolButton;

namespace ui {

/// Beside the filter field: save it, former filters, and what else can be done with it.
class FilterButtons final : public QWidget {
    Q_OBJECT

public:
    explicit FilterButtons(const UiContext& context, QWidget* parent = nullptr);
    /// What is applied: that is what these act on.
    void setText(const QString& text);

signals:
    /// A former filter; empty to clear.
    void textChosen(const QString& text);
    void savedFiltersChanged();

private:
    void askName();
    void openHistory();
    void openMore();
    void copy(const QString& text, const QString& said);
    void popUp(QMenu* menu, const QToolButton* button);

    UiContext m_context;
    QString m_text;
    QToolButton* m_save;
    QToolButton* m_history;
    QToolButton* m_more;
};

/// The line that lists the same jobs in a shell.
[[nodiscard]] QString commandForFilter(const QString& filter);

}
