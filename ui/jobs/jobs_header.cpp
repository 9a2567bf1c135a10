// SPDX-License-Identifier: Apache-2.0
#include "ui/jobs/jobs_header.h"

#include "ui/session/preferences.h"
#include "ui/theme/text_size.h"
#include "ui/theme/theme.h"

#include <QPainter>
#include <QScopedValueRollback>
#include <QStyleOptionHeader>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

const QString layoutKey = u"jobs/columns"_s;

std::optional<JobColumn> columnNamed(const QString& name)
{
    const auto all = allJobColumns();
    for (const JobColumn column : all) {
        if (factsOf(column).name == name)
            return column;
    }
    return {};
}

}

JobsHeader::JobsHeader(Preferences& preferences, QWidget* parent) : QHeaderView(Qt::Horizontal, parent), m_preferences(preferences)
{
    setAccessibleName(tr("Columns of the job list"));
    setSectionsMovable(true);
    setSectionsClickable(true);
    setHighlightSections(false);
    setMinimumSectionSize(scaled(40));
    setContextMenuPolicy(Qt::CustomContextMenu);
    keepFont(this, TextRole::Small);
    connect(this, &QHeaderView::sectionResized, this, &JobsHeader::saveColumns);
    connect(this, &QHeaderView::sectionMoved, this, &JobsHeader::saveColumns);
}

void JobsHeader::restoreColumns()
{
    const QScopedValueRollback restoring(m_restoring, true);
    const auto all = allJobColumns();
    for (const JobColumn column : all) {
        const int section = static_cast<int>(column);
        moveSection(visualIndex(section), section);
        resizeSection(section, defaultWidth(column));
        setSectionHidden(section, !factsOf(column).isShown);
    }
    const QVariantList saved = m_preferences.value(layoutKey).toList();
    int place = 0;
    for (const QVariant& entry : saved) {
        const QVariantMap facts = entry.toMap();
        const auto column = columnNamed(facts.value(u"name"_s).toString());
        if (!column)
            continue;    // of a newer version, or of none
        const int section = static_cast<int>(*column);
        moveSection(visualIndex(section), place++);
        resizeSection(section, std::clamp(scaled(facts.value(u"width"_s).toInt()), minimumSectionSize(), 4000));
        setSectionHidden(section, !facts.value(u"shown"_s).toBool());
    }
    if (hiddenSectionCount() == count())
        setSectionHidden(static_cast<int>(JobColumn::Status), false);
    fitMessage();
}

void JobsHeader::resetColumns()
{
    m_preferences.setValue(layoutKey, {});
    restoreColumns();
}

void JobsHeader::setColumnShown(JobColumn column, bool shown)
{
    const int section = static_cast<int>(column);
    if (!shown && hiddenSectionCount() == count() - 1)
        return;    // a list without columns shows nothing
    setSectionHidden(section, !shown);
    if (shown && sectionSize(section) < minimumSectionSize())
        resizeSection(section, defaultWidth(column));
    fitMessage();
    saveColumns();
}

/// The message takes what room there is; without it the last column does.
void JobsHeader::fitMessage()
{
    const int message = static_cast<int>(JobColumn::Message);
    setSectionResizeMode(message, QHeaderView::Stretch);
    setStretchLastSection(isSectionHidden(message));
}

void JobsHeader::showSort(core::jobs::JobSort sort, core::jobs::SortDirection direction)
{
    m_sort = sort;
    m_direction = direction;
    viewport()->update();
}

void JobsHeader::setStripHeight(int height)
{
    if (m_stripHeight == height)
        return;
    const int by = height - m_stripHeight;
    m_stripHeight = height;
    updateGeometry();
    emit heightChanged(by);
}

QSize JobsHeader::sizeHint() const
{
    return {QHeaderView::sizeHint().width(), wordsHeight() + m_stripHeight};
}

int JobsHeader::wordsHeight()
{
    return scaled(28);
}

void JobsHeader::paintSection(QPainter* painter, const QRect& rect, int logicalIndex) const
{
    QStyleOptionHeader option;
    initStyleOption(&option);
    option.rect = QRect(rect.left(), rect.top(), rect.width(), wordsHeight());
    style()->drawControl(QStyle::CE_HeaderSection, &option, painter, this);

    const auto column = static_cast<JobColumn>(logicalIndex);
    const JobColumnFacts facts = factsOf(column);
    const Theme& theme = themeOf(palette());
    const bool rightToLeft = layoutDirection() == Qt::RightToLeft;
    const int before = scaled(visualIndexAt(rect.center().x()) == 0 ? firstCellPadding : cellPadding);
    const QRect words =
        rightToLeft ? option.rect.adjusted(scaled(cellPadding), 0, -before, 0) : option.rect.adjusted(before, 0, -scaled(cellPadding), 0);
    QString text = facts.title;
    if (facts.sort == m_sort)
        text += m_direction == core::jobs::SortDirection::NewestFirst ? u" \u2193"_s : u" \u2191"_s;
    painter->setFont(textFont(TextRole::Small));
    painter->setPen(theme.text2);
    const bool atRight = (facts.isNumber && column != JobColumn::Progress) || rightToLeft;    // a bar begins where its word does
    painter->drawText(words, (atRight ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter | Qt::TextSingleLine,
                      painter->fontMetrics().elidedText(text, Qt::ElideRight, words.width()));
}

void JobsHeader::saveColumns()
{
    if (m_restoring || count() == 0)
        return;
    QVariantList saved;
    const double unit = scaled(100) / 100.0;
    int lastShown = count() - 1;
    while (lastShown > 0 && isSectionHidden(logicalIndex(lastShown)))
        --lastShown;
    for (int visual = 0; visual < count(); ++visual) {
        const int section = logicalIndex(visual);
        const JobColumnFacts facts = factsOf(static_cast<JobColumn>(section));
        const bool stretched = stretchLastSection()
                                   ? visual == lastShown
                                   : section == static_cast<int>(JobColumn::Message);    // its width is the window's, not a person's choice
        const int width = isSectionHidden(section) || stretched ? facts.width : qRound(sectionSize(section) / unit);
        saved << QVariantMap{{u"name"_s, facts.name}, {u"width"_s, width}, {u"shown"_s, !isSectionHidden(section)}};
    }
    m_preferences.setValue(layoutKey, saved);
}

}
