// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/tasks/schemas.h"

#include <QAbstractTableModel>
#include <QTableView>

namespace ui {

/// Silences as they are stored, in their order. What cannot be (ends before it starts, lies outside the file) is shown with a sign.
class SilenceModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum class Column { Number, Start, End, Length, Share };
    enum Role {
        ShareRole = Qt::UserRole + 1,    ///< 0 to 1 of the longest
        DoubtRole                        ///< QString: what is wrong with it; empty if nothing
    };
    using QAbstractTableModel::QAbstractTableModel;

    /// `durationMs` 0: not known, then nothing is past the end.
    void setSilences(const QList<core::tasks::Segment>& silences, qint64 durationMs);
    [[nodiscard]] const QList<core::tasks::Segment>& silences() const { return m_silences; }

    /// "start_ms,end_ms,length_ms" and a line for each.
    [[nodiscard]] QString csv() const;
    /// The stored keys, indented.
    [[nodiscard]] QString json() const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] QString doubt(const core::tasks::Segment& silence) const;

    QList<core::tasks::Segment> m_silences;
    qint64 m_durationMs = 0;
    qint64 m_longestMs = 0;
};

/// The list beside the wave: number, times in mono, a bar for its share of the longest.
class SilenceTable final : public QTableView {
    Q_OBJECT

public:
    explicit SilenceTable(SilenceModel* model, QWidget* parent = nullptr);
    /// The height that shows all rows, at most `rows` of them.
    [[nodiscard]] int heightFor(int rows) const;
};

}
