// SPDX-License-Identifier: Apache-2.0
#include "ui/payload/tree_view.h"

#include "ui/base/pane_keys.h"
#include "ui/payload/find_bar.h"
#include "ui/payload/json_tree.h"
#include "ui/payload/json_tree_model.h"
#include "ui/theme/metrics.h"

#include <QShortcut>
#include <QVBoxLayout>

namespace ui {

TreeView::TreeView(core::Lane& lane, QWidget* parent)
    : QWidget(parent), m_lane(lane), m_find(new FindBar(tr("Find in keys and values"), this)), m_tree(new JsonTree(this))
{
    auto* lines = new QVBoxLayout(this);
    lines->setContentsMargins(0, 0, 0, 0);
    lines->setSpacing(scaled(8));
    lines->addWidget(m_find);
    lines->addWidget(m_tree, 1);
    m_tree->setLane(&m_lane);
    connect(m_find, &FindBar::searchAsked, this, [this] { search(true); });
    connect(m_find, &FindBar::stepAsked, this, &TreeView::step);
    const auto onKeys = [this](const QKeySequence& keys, auto act) {
        auto* shortcut = new QShortcut(keys, this);
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, this, act);
    };
    takeKey(this, QKeySequence::Find, [this] { m_find->takeFocus(); });
    onKeys(Qt::Key_F3, [this] { step(1); });
    onKeys(Qt::SHIFT | Qt::Key_F3, [this] { step(-1); });
}

TreeView::~TreeView()
{
    m_searching.cancel();
}

void TreeView::setText(const core::JsonText& text, const JsonRanges& ranges, bool keepsPlace)
{
    if (!keepsPlace)
        m_find->clear();
    m_tree->setText(text, keepsPlace, ranges);
    search(false);
}

void TreeView::clear()
{
    m_find->clear();
    m_tree->setText({}, false);
    search(false);
}

void TreeView::search(bool jumps)
{
    m_searching.cancel();
    m_searching = {};
    ++m_generation;
    m_current = -1;
    const QString wanted = m_find->text();
    m_tree->setMarked(wanted, m_find->matchesCase());
    const auto& text = m_tree->rows().text();
    if (wanted.isEmpty() || !text) {
        takeHits(nullptr, false);
        return;
    }
    m_find->showCount(-1, -1);
    const ByteFinder finder(wanted.toUtf8(), m_find->matchesCase());
    const auto work = [bytes = text->bytes(), finder, token = m_searching.token()]() -> core::Result<std::shared_ptr<const SearchHits>> {
        return std::make_shared<const SearchHits>(findAll(bytes, finder, token));
    };
    core::whenDone(m_lane.run(work), this, [this, jumps, asked = m_generation](const auto& hits) {
        if (hits && asked == m_generation)
            takeHits(*hits, jumps);
    });
}

void TreeView::takeHits(const std::shared_ptr<const SearchHits>& hits, bool jumps)
{
    m_hits = hits;
    const qsizetype count = hits ? static_cast<qsizetype>(hits->offsets.size()) : 0;
    m_find->showCount(-1, count, hits && hits->isCut);
    if (jumps && count > 0)
        step(1);
}

void TreeView::step(int direction)
{
    const qsizetype count = m_hits ? static_cast<qsizetype>(m_hits->offsets.size()) : 0;
    if (count == 0)
        return;
    m_current = m_current < 0 ? (direction > 0 ? 0 : count - 1) : (m_current + direction + count) % count;
    m_tree->showOffset(m_hits->offsets.at(static_cast<size_t>(m_current)));
    m_find->showCount(m_current, count, m_hits->isCut);
}

}
