// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/jobs/filter.h"
#include "ui/filter/filter_completion.h"

#include <QAbstractListModel>
#include <QHash>
#include <QStyledItemDelegate>

namespace ui {

/// The rows of a completion, with the counts as they become known.
class SuggestionModel final : public QAbstractListModel {
    Q_OBJECT

public:
    enum Role { HelpRole = Qt::UserRole, StateRole, CountRole };

    using QAbstractListModel::QAbstractListModel;
    void setSuggestions(const QList<FilterSuggestion>& suggestions);
    [[nodiscard]] const QList<FilterSuggestion>& suggestions() const { return m_suggestions; }
    /// How many jobs a word takes, as it is shown: "2,911", "10,000+".
    void setCount(const QString& word, const QString& count);

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

private:
    QList<FilterSuggestion> m_suggestions;
    QHash<QString, QString> m_counts;
};

/// State icon, word in mono, help or count.
class SuggestionDelegate final : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

}
