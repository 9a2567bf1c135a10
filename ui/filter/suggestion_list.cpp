// SPDX-License-Identifier: Apache-2.0
#include "ui/filter/suggestion_list.h"

#include "ui/base/format.h"
#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"

#include <QPainter>

namespace ui {

using namespace Qt::StringLiterals;

void SuggestionModel::setSuggestions(const QList<FilterSuggestion>& suggestions)
{
    if (suggestions == m_suggestions)
        return;
    beginResetModel();
    m_suggestions = suggestions;
    m_counts.clear();
    endResetModel();
}

void SuggestionModel::setCount(const QString& word, const QString& count)
{
    m_counts.insert(word, count);
    for (int row = 0; row < m_suggestions.size(); ++row) {
        if (m_suggestions.at(row).word == word)
            emit dataChanged(index(row), index(row), {CountRole, Qt::AccessibleTextRole});
    }
}

int SuggestionModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_suggestions.size());
}

QVariant SuggestionModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const FilterSuggestion& suggestion = m_suggestions.at(index.row());
    const QString count = m_counts.value(suggestion.word);
    switch (role) {
    case Qt::DisplayRole: return plainLine(suggestion.word);
    case Qt::AccessibleTextRole:
        if (!suggestion.help.isEmpty())
            return tr("%1 %2").arg(suggestion.word, suggestion.help);
        return count.isEmpty() ? suggestion.word : tr("%1, %2 jobs").arg(suggestion.word, count);
    case HelpRole: return suggestion.help;
    case CountRole: return count;
    case StateRole: return suggestion.state ? QVariant(static_cast<int>(*suggestion.state)) : QVariant();
    default: return {};
    }
}

QSize SuggestionDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const
{
    return {scaled(200), scaled(24)};
}

void SuggestionDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const Theme& theme = themeOf(option.palette);
    const bool isCurrent = option.state & QStyle::State_Selected;
    painter->save();
    if (isCurrent)
        painter->fillRect(option.rect, theme.highlight);
    const QRect row = option.rect.adjusted(scaled(10), 0, -scaled(10), 0);
    const int icon = scaled(16);
    int left = row.left();
    if (const QVariant state = index.data(SuggestionModel::StateRole); state.isValid()) {
        const auto shown = static_cast<JobState>(state.toInt());
        paintIcon(painter, QRect(left, row.top() + (row.height() - icon) / 2, icon, icon), stateIconName(shown), theme.state(shown).ink);
    }
    const bool isKey = !index.data(SuggestionModel::HelpRole).toString().isEmpty();
    left += isKey ? 0 : icon + scaled(8);

    const QString count = index.data(SuggestionModel::CountRole).toString();
    painter->setFont(textFont(TextRole::Small));
    const int countWidth = count.isEmpty() ? 0 : painter->fontMetrics().horizontalAdvance(count) + scaled(8);
    painter->setPen(isCurrent ? theme.highlightedText : theme.text2);
    painter->drawText(row, Qt::AlignVCenter | Qt::AlignRight | Qt::TextSingleLine, count);
    if (isKey) {
        const QRect help(row.left() + scaled(104), row.top(), row.width() - scaled(104), row.height());
        const QString shown =
            painter->fontMetrics().elidedText(index.data(SuggestionModel::HelpRole).toString(), Qt::ElideRight, help.width());
        painter->drawText(help, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, shown);
    }
    painter->setFont(textFont(TextRole::Mono));
    painter->setPen(isCurrent ? theme.highlightedText : theme.text);
    const int width = row.right() - countWidth - left;
    painter->drawText(QRect(left, row.top(), width, row.height()), Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine,
                      painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, width));
    painter->restore();
}

}
