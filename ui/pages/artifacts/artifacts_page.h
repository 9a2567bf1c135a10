// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/pages/frame/page_frame.h"
#include "ui/pages/frame/paged_rows.h"

class QComboBox;

namespace ui {

class InkLabel;
class PagedList;
class RowTable;

/// What jobs made, newest or largest first, and how much of the disk each kind takes.
class ArtifactsPage final : public PageFrame {
    Q_OBJECT

public:
    explicit ArtifactsPage(const UiContext& context, QWidget* parent = nullptr);
    [[nodiscard]] PagedList& list() const { return *m_list; }
    [[nodiscard]] RowTable& kinds() const { return *m_kinds; }

signals:
    /// A person wants old jobs and their files removed.
    void pruneAsked();

protected:
    void reload() override;

private:
    [[nodiscard]] core::files::ArtifactRequest request() const;
    void more();
    void showRows();
    void showUse(const core::files::DiskUse& use);

    QComboBox* m_order;
    InkLabel* m_use;
    RowTable* m_kinds;
    PagedList* m_list;
    PagedRows<core::files::ArtifactWithFile> m_rows;
};

}
