// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/pages/frame/page_frame.h"
#include "ui/pages/frame/paged_rows.h"

namespace ui {

class PagedList;

/// What users were told about their jobs, newest first. Enter opens the job.
class NotificationsPage final : public PageFrame {
    Q_OBJECT

public:
    explicit NotificationsPage(const UiContext& context, QWidget* parent = nullptr);
    [[nodiscard]] PagedList& list() const { return *m_list; }

protected:
    void reload() override;

private:
    void more();
    void showRows();

    PagedList* m_list;
    PagedRows<core::notifications::Notification> m_rows;
};

}
