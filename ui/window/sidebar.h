// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/session/navigator.h"
#include "ui/session/saved_filters.h"

#include <QWidget>

#include <optional>

class QListWidget;
class QListWidgetItem;

class QLabel;
class QPushButton;
namespace ui {

/// Views and saved filters. Counts are shown where they are known; only Failures may be red.
class Sidebar final : public QWidget {
    Q_OBJECT

public:
    explicit Sidebar(QWidget* parent = nullptr);

    void setCurrentPage(Page page);
    /// No count: not known, nothing is shown.
    void setCount(Page page, std::optional<qint64> count, bool isExact = true);
    void setSavedFilters(const QList<SavedFilter>& filters);
    [[nodiscard]] QSize sizeHint() const override;

signals:
    void pageChosen(ui::Page page);
    void filterChosen(const QString& filter);
    void filterRemovalAsked(const QString& name);
    void settingsAsked();

protected:
    void changeEvent(QEvent* event) override;

private:
    void takeHeights();
    QListWidget* m_views;
    QLabel* m_savedTitle;
    QListWidget* m_saved;
    QPushButton* m_settings;
};

[[nodiscard]] QString pageTitle(Page page);
[[nodiscard]] QString pageIconName(Page page);
[[nodiscard]] QList<Page> allPages();

}
