// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tasks/models.h"

#include <QTimeZone>
#include <QWidget>

namespace ui {

class DiffTable;
class InkLabel;
class StageLamps;

/// What a dry run says of one delivery: the seven stages, the rows that would change, the files that would be written.
class DeliveryChange final : public QWidget {
    Q_OBJECT

public:
    explicit DeliveryChange(const QTimeZone& zone, QWidget* parent = nullptr);
    void showOutcome(const core::tasks::WebhookOutcome& outcome);
    /// There is no dry run of it; `why` in its place.
    void showNothing(const QString& why);

private:
    QTimeZone m_zone;
    StageLamps* m_lamps;
    InkLabel* m_title;
    InkLabel* m_job;
    DiffTable* m_diff;
    InkLabel* m_nothing;
    InkLabel* m_filesTitle;
    InkLabel* m_files;
};

}
