// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

class QHBoxLayout;
class QPushButton;
class QStackedWidget;

namespace ui {

class InkLabel;
class BucketChart;
class Preferences;
class RowTable;

/// A chart with its title line on a raised ground; T, or the button that says so, turns it to the table of its values.
class ChartCard final : public QWidget {
    Q_OBJECT

public:
    ChartCard(BucketChart* chart, const Preferences& preferences, QWidget* parent = nullptr);
    void setCaption(const QString& text);
    void setTitle(const QString& text);
    /// Left of the table switch.
    void addToTitle(QWidget* widget);
    /// After the chart got other values.
    void refreshTable();
    [[nodiscard]] bool showsTable() const;

protected:
    void paintEvent(QPaintEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void toggleTable();
    void fitLink();
    void applyColors();

    BucketChart* m_chart;
    RowTable* m_table;
    QStackedWidget* m_stack;
    QHBoxLayout* m_titleLine;
    InkLabel* m_title;
    InkLabel* m_caption;
    InkLabel* m_key;
    QPushButton* m_switch;
};

}
