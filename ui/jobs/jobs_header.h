// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/jobs/job_columns.h"

#include <QHeaderView>

namespace ui {

class Preferences;

/// The header of the job list: small quiet words, an arrow at the sorted one, room below them for the bar of new rows. Order, widths and
/// choice of columns are kept in the preferences by the stable names of the columns.
class JobsHeader final : public QHeaderView {
    Q_OBJECT

public:
    JobsHeader(Preferences& preferences, QWidget* parent = nullptr);

    /// Call it once the model is set: columns as a person left them, or as they are at first.
    void restoreColumns();
    void resetColumns();
    void setColumnShown(JobColumn column, bool shown);
    void showSort(core::jobs::JobSort sort, core::jobs::SortDirection direction);
    /// Room below the words, where rows do not go; 0 for none. What stands there is the view's.
    void setStripHeight(int height);
    [[nodiscard]] int stripHeight() const { return m_stripHeight; }
    [[nodiscard]] static int wordsHeight();
    [[nodiscard]] QSize sizeHint() const override;

signals:
    /// The strip came or went: the view lays itself out again. `by` in px, below zero as it went.
    void heightChanged(int by);

protected:
    void paintSection(QPainter* painter, const QRect& rect, int logicalIndex) const override;

private:
    void fitMessage();
    void saveColumns();

    Preferences& m_preferences;
    int m_stripHeight = 0;
    bool m_restoring = false;
    core::jobs::JobSort m_sort = core::jobs::JobSort::Created;
    core::jobs::SortDirection m_direction = core::jobs::SortDirection::NewestFirst;
};

}
