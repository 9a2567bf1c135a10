// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

class QButtonGroup;

namespace ui {

/// A few views of one thing, side by side; exactly one is chosen. Left and right move within it.
class SegmentedSwitch final : public QWidget {
    Q_OBJECT

public:
    SegmentedSwitch(const QString& name, const QStringList& titles, QWidget* parent = nullptr);
    [[nodiscard]] int current() const;
    /// Without chosen().
    void setCurrent(int segment);

signals:
    /// By the person.
    void chosen(int segment);

private:
    QButtonGroup* m_group;
};

}
