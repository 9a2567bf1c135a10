// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/jobs/job_columns.h"

#include <QHeaderView>

namespace ui {

class Preferences;

/// The header of the job list: small quiet words, an arrow at the sorted one, a strip below for the bar of new rows. Order, widths and
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
    /// A widget below the words, as high as it wants to be; rows begin below it while it is shown.
    void setStrip(QWidget* strip);
    void setStripShown(bool shown);
    [[nodiscard]] int stripHeight() const;
    [[nodiscard]] QSize sizeHint() const override;

signals:
    /// The widths' sum or the strip moved: the view lays itself out again.
    void heightChanged();

protected:
    void paintSection(QPainter* painter, const QRect& rect, int logicalIndex) const override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void fitMessage();
    void saveColumns();
    void placeStrip();
    [[nodiscard]] static int wordsHeight();

    Preferences& m_preferences;
    QWidget* m_strip = nullptr;
    bool m_stripShown = false;
    bool m_restoring = false;
    core::jobs::JobSort m_sort = core::jobs::JobSort::Created;
    core::jobs::SortDirection m_direction = core::jobs::SortDirection::NewestFirst;
};

}
