// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/pages/frame/page_frame.h"

namespace ui {

class RowTable;

/// Failed jobs in groups that share a type and an error. Enter, a double click or "Show jobs" shows the jobs of a group in the list.
class FailuresPage final : public PageFrame {
    Q_OBJECT

public:
    explicit FailuresPage(const UiContext& context, QWidget* parent = nullptr);
    [[nodiscard]] RowTable& table() const { return *m_table; }

protected:
    void reload() override;

private:
    void take(const core::jobs::FailureGroups& groups);
    void showJobs(const QString& key);

    RowTable* m_table;
    core::jobs::FailureGroups m_groups;
};

}
