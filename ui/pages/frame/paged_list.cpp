// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/frame/paged_list.h"

#include "ui/base/format.h"
#include "ui/base/ink_label.h"
#include "ui/theme/style.h"
#include "ui/theme/text_size.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui {

using namespace Qt::StringLiterals;

PagedList::PagedList(QList<RowColumn> columns, const Preferences& preferences, const QString& name, QWidget* parent)
    : QWidget(parent),
      m_table(new RowTable(std::move(columns), preferences, name, this)),
      m_end(new InkLabel(TextRole::Small, InkLabel::Ink::Text2, this)),
      m_further(new QPushButton(this))
{
    keepFont(m_further, TextRole::Small);
    setLinkLook(m_further);
    auto* footer = new QHBoxLayout;
    footer->setContentsMargins(scaled(8), 0, scaled(8), 0);
    footer->addWidget(m_end);
    footer->addWidget(m_further);
    footer->addStretch(1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(scaled(4));
    layout->addWidget(m_table, 1);
    layout->addLayout(footer);
    connect(&m_table->rows(), &RowModel::moreAsked, this, &PagedList::moreAsked);
    connect(m_further, &QPushButton::clicked, this, &PagedList::moreAsked);
}

void PagedList::showRows(const QList<PageRow>& rows, bool hasMore, const QString& end, const QString& further)
{
    const bool isFull = hasMore && rows.size() >= mostRows;
    const bool goesOn = hasMore && !isFull;
    m_table->setRows(rows);
    m_table->rows().setHasMore(goesOn);
    m_end->setText(isFull ? tr("No more than %1 rows are shown here, and there are others.").arg(countText(rows.size())) : end);
    m_end->setVisible(!goesOn);
    m_further->setText(further);
    m_further->setAccessibleName(further);
    m_further->setVisible(goesOn);
}

RowCell jobCell(const core::JobId& id)
{
    constexpr qsizetype shown = 13;
    const QString text = plainLine(id.text);
    return RowCell{
        .text = text.size() > shown ? u'\u2026' + text.right(shown - 1) : text, .hover = text, .ink = RowInk::Link, .isMono = true};
}

}
