// SPDX-License-Identifier: Apache-2.0
#include "ui/base/facts_row.h"

#include "ui/base/format.h"
#include "ui/base/ink_label.h"
#include "ui/base/plain_tool_tip.h"

#include <QStyle>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int mostColumns = 4;

/// One line, cut with a sign that it was: a long value does not push the next tile away, nor end as if it were whole.
class ElidedLine final : public InkLabel {
public:
    ElidedLine(QString whole, TextRole role, Ink ink) : InkLabel(whole, role, ink), m_whole(std::move(whole))
    {
        setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
        setTextInteractionFlags(Qt::TextSelectableByMouse);
    }

protected:
    void resizeEvent(QResizeEvent* event) override
    {
        InkLabel::resizeEvent(event);
        setText(fontMetrics().elidedText(m_whole, Qt::ElideRight, width()));
    }

private:
    QString m_whole;
};

void addLine(QVBoxLayout* lines, const QString& text, TextRole role, InkLabel::Ink ink)
{
    lines->addWidget(new ElidedLine(plainLine(text), role, ink));
}

QWidget* newTile(const Fact& fact, QWidget* parent)
{
    auto* tile = new QWidget(parent);
    auto* lines = new QVBoxLayout(tile);
    lines->setContentsMargins(0, 0, 0, 0);
    lines->setSpacing(scaled(2));
    addLine(lines, fact.caption, TextRole::Small, InkLabel::Ink::Text2);
    addLine(lines, fact.value, TextRole::Title, InkLabel::Ink::Text);
    if (!fact.sub.isEmpty())
        addLine(lines, fact.sub, TextRole::Small, InkLabel::Ink::Text2);
    lines->addStretch();
    QStringList all{plainLine(fact.caption), plainLine(fact.value)};
    if (!fact.sub.isEmpty())
        all << plainLine(fact.sub);
    tile->setAccessibleName(all.join(u", "));
    // the value stands first: it may be cut off in the tile
    tile->setToolTip(plainToolTip(fact.help.isEmpty() ? fact.value : fact.value + u"\n\n"_s + fact.help));
    return tile;
}

}

FactsRow::FactsRow(QWidget* parent) : QWidget(parent)
{
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

FactsRow::FactsRow(const QList<Fact>& facts, QWidget* parent) : FactsRow(parent)
{
    setFacts(facts);
}

void FactsRow::setFacts(const QList<Fact>& facts)
{
    qDeleteAll(m_tiles);
    m_tiles.clear();
    for (const Fact& fact : facts) {
        m_tiles << newTile(fact, this);
        m_tiles.last()->show();
    }
    updateGeometry();
    arrange();
}

int FactsRow::columnsFor(int width) const
{
    return std::clamp(width / scaled(120), 1, mostColumns);
}

int FactsRow::heightForWidth(int width) const
{
    const qsizetype columns = columnsFor(width);
    int height = 0;
    for (qsizetype first = 0; first < m_tiles.size(); first += columns) {
        int tallest = 0;
        for (qsizetype i = first; i < std::min(first + columns, m_tiles.size()); ++i)
            tallest = std::max(tallest, m_tiles.at(i)->sizeHint().height());
        height += tallest + (first > 0 ? scaled(12) : 0);
    }
    return height;
}

QSize FactsRow::sizeHint() const
{
    const int wide = scaled(120) * mostColumns;
    return {wide, heightForWidth(std::max(width(), wide))};
}

QSize FactsRow::minimumSizeHint() const
{
    return {scaled(120), m_tiles.isEmpty() ? 0 : m_tiles.first()->sizeHint().height()};
}

void FactsRow::resizeEvent(QResizeEvent*)
{
    arrange();
}

void FactsRow::arrange()
{
    const int columns = columnsFor(width());
    const int gap = scaled(12);
    const int tileWidth = (width() - gap * (columns - 1)) / columns;
    int top = 0;
    for (qsizetype first = 0; first < m_tiles.size(); first += columns) {
        int tallest = 0;
        for (qsizetype i = first; i < std::min<qsizetype>(first + columns, m_tiles.size()); ++i)
            tallest = std::max(tallest, m_tiles.at(i)->sizeHint().height());
        for (qsizetype i = first; i < std::min<qsizetype>(first + columns, m_tiles.size()); ++i) {
            const int left = static_cast<int>(i - first) * (tileWidth + gap);
            m_tiles.at(i)->setGeometry(QStyle::visualRect(layoutDirection(), rect(), QRect(left, top, tileWidth, tallest)));
        }
        top += tallest + gap;
    }
}

}
