// SPDX-License-Identifier: Apache-2.0
#include "ui/payload/raw_view.h"

#include "ui/base/format.h"
#include "ui/base/pane_keys.h"
#include "ui/payload/find_bar.h"
#include "ui/payload/raw_area.h"
#include "ui/theme/text_size.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QShortcut>

#include <algorithm>

namespace ui {

using namespace Qt::StringLiterals;

RawView::RawView(core::Lane& lane, QWidget* parent)
    : QWidget(parent),
      m_lane(lane),
      m_find(new FindBar(tr("Find in the bytes"), this)),
      m_place(new QLineEdit(this)),
      m_area(new RawArea(lane, this))
{
    m_place->setPlaceholderText(tr("Go to byte"));
    m_place->setAccessibleName(tr("Go to byte, counted from zero"));
    m_place->setToolTip(tr("A place counted in bytes from zero, such as 4096 or 0x1000 (Ctrl+G)"));
    keepWidth(m_place, 104);
    auto* head = new QHBoxLayout;
    head->setSpacing(scaled(8));
    head->addWidget(m_find, 1);
    head->addWidget(m_place);
    auto* lines = new QVBoxLayout(this);
    lines->setContentsMargins(0, 0, 0, 0);
    lines->setSpacing(scaled(8));
    lines->addLayout(head);
    lines->addWidget(m_area, 1);

    connect(m_find, &FindBar::searchAsked, this, [this] { search(true); });
    connect(m_find, &FindBar::stepAsked, this, &RawView::step);
    connect(m_place, &QLineEdit::returnPressed, this, &RawView::goToTyped);
    const auto onKeys = [this](const QKeySequence& keys, auto act) {
        auto* shortcut = new QShortcut(keys, this);
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
        connect(shortcut, &QShortcut::activated, this, act);
    };
    takeKey(this, QKeySequence::Find, [this] { m_find->takeFocus(); });
    onKeys(Qt::CTRL | Qt::Key_G, [this] {
        m_place->setFocus(Qt::ShortcutFocusReason);
        m_place->selectAll();
    });
    onKeys(Qt::Key_F3, [this] { step(1); });
    onKeys(Qt::SHIFT | Qt::Key_F3, [this] { step(-1); });
}

RawView::~RawView()
{
    m_searching.cancel();
}

void RawView::setBytes(const QByteArray& bytes, bool keepsPlace)
{
    if (!keepsPlace)
        m_find->clear();
    m_place->clear();
    m_area->setBytes(bytes, keepsPlace);
    search(false);
}

void RawView::clear()
{
    setBytes({}, false);
}

void RawView::goToOffset(qsizetype offset)
{
    m_area->goTo(offset);
    m_area->setFocus();
}

void RawView::goToTyped()
{
    bool ok = false;
    QString typed = m_place->text().trimmed();
    typed.remove(u',').remove(u' ');
    const qint64 offset = typed.toLongLong(&ok, 0);
    if (ok)
        goToOffset(static_cast<qsizetype>(offset));
    else
        m_place->selectAll();
}

void RawView::search(bool jumps)
{
    m_searching.cancel();
    m_searching = {};
    ++m_generation;
    m_current = -1;
    if (m_find->text().isEmpty() || m_area->bytes().isEmpty()) {
        takeHits(nullptr, false);
        return;
    }
    m_find->showCount(-1, -1);
    const ByteFinder finder(m_find->text().toUtf8(), m_find->matchesCase());
    const auto work = [bytes = m_area->bytes(), finder, token = m_searching.token()]() -> core::Result<std::shared_ptr<const SearchHits>> {
        return std::make_shared<const SearchHits>(findAll(bytes, finder, token));
    };
    core::whenDone(m_lane.run(work), this, [this, jumps, asked = m_generation](const auto& hits) {
        if (hits && asked == m_generation)
            takeHits(*hits, jumps);
    });
}

void RawView::takeHits(const std::shared_ptr<const SearchHits>& hits, bool jumps)
{
    m_hits = hits;
    m_area->setHits(hits);
    const qsizetype count = hits ? static_cast<qsizetype>(hits->offsets.size()) : 0;
    m_find->showCount(-1, count, hits && hits->isCut);
    if (!jumps || count == 0)
        return;
    // the first one that is on screen or below
    const auto found = std::lower_bound(hits->offsets.begin(), hits->offsets.end(), m_area->topOffset());
    m_current = found == hits->offsets.end() ? 0 : found - hits->offsets.begin();
    m_area->setCurrentHit(m_current);
    m_find->showCount(m_current, count, hits->isCut);
}

void RawView::step(int direction)
{
    const qsizetype count = m_hits ? static_cast<qsizetype>(m_hits->offsets.size()) : 0;
    if (count == 0)
        return;
    m_current = m_current < 0 ? (direction > 0 ? 0 : count - 1) : (m_current + direction + count) % count;
    m_area->setCurrentHit(m_current);
    m_find->showCount(m_current, count, m_hits->isCut);
}

}
