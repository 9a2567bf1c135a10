// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/ids.h"
#include "core/base/time.h"

#include <QAbstractTableModel>

#include <optional>

namespace ui {

class Preferences;

/// In which of the theme's inks a cell is written.
enum class RowInk { Text, Secondary, Quiet, Link, Done, Failed, Running, Warning, Cancelled, Unknown };

/// What one cell shows. `text` is a plain line: outside text goes through plainLine() first.
struct RowCell {
    QString text;
    QString hover{};
    std::optional<core::Time> time{};    ///< shown instead of the text: relative or exact, as the person prefers
    RowInk ink = RowInk::Secondary;
    bool isMono = false;
    bool isStrong = false;
    QString icon{};    ///< of resources/icons, before the text and in its ink
    QString chip{};    ///< a short word on a fill, after the text
    RowInk chipInk = RowInk::Warning;
    QList<int> spark{};             ///< bars instead of text; the text is what they say in words
    std::optional<double> bar{};    ///< 0 to 1, before the text
    QString fill{};                 ///< a colour of the data itself ("#FFCC00"), shown as a swatch before the text
    bool operator==(const RowCell&) const = default;
};

struct RowColumn {
    QString title;
    int width = 100;           ///< at 13 px text
    bool isNumber = false;     ///< right-aligned, digits on one width
    bool stretches = false;    ///< one of a table: takes what is left
};

/// A row of a page. `key` names it through every refresh.
struct PageRow {
    QString key;
    core::JobId job{};    ///< the one that Enter opens; may be empty
    QList<RowCell> cells;
    bool operator==(const PageRow&) const = default;
};

/// The rows of a page. What stays through a refresh stays the same row: selection, scroll and current cell with it.
class RowModel final : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Role { CellRole = Qt::UserRole + 1 };

    RowModel(QList<RowColumn> columns, const Preferences& preferences, QObject* parent = nullptr);

    void setRows(const QList<PageRow>& rows);
    [[nodiscard]] const QList<PageRow>& rows() const { return m_rows; }
    [[nodiscard]] const QList<RowColumn>& columns() const { return m_columns; }
    void setTitle(int column, const QString& title);
    /// The row of this key; -1 if it is gone.
    [[nodiscard]] int rowOf(const QString& key) const;
    /// There are more rows in the store: a view that comes to the end makes moreAsked() go out, once until the next rows came.
    void setHasMore(bool hasMore);
    /// Relative times are older by now.
    void updateTimes();
    /// The time of a cell as it is shown now.
    [[nodiscard]] QString textOf(const RowCell& cell) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    [[nodiscard]] bool canFetchMore(const QModelIndex& parent) const override;
    void fetchMore(const QModelIndex& parent) override;

signals:
    void moreAsked();

private:
    void removeGone(const QList<PageRow>& wanted);

    QList<RowColumn> m_columns;
    const Preferences& m_preferences;
    QList<PageRow> m_rows;
    bool m_hasMore = false;
    bool m_asked = false;
};

}

Q_DECLARE_METATYPE(ui::RowCell)
