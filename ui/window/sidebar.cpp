// SPDX-License-Identifier: Apache-2.0
#include "ui/window/sidebar.h"

#include "ui/base/format.h"
#include "ui/base/plain_tool_tip.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/theme/text_size.h"

#include <QCoreApplication>
#include <QEvent>
#include <QLabel>
#include <QListWidget>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int CountRole = Qt::UserRole;
constexpr int AlarmRole = Qt::UserRole + 1;
constexpr int IconNameRole = Qt::UserRole + 2;
constexpr int ValueRole = Qt::UserRole + 3;

/// 28 px, icon, name, count at the right; the current row has the highlight and a 3 px accent rule.
class SidebarDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override { return {scaled(120), scaled(28)}; }
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const Theme& theme = themeOf(option.palette);
        const bool current = option.state & QStyle::State_Selected;
        if (current) {
            painter->fillRect(option.rect, theme.highlight);
            painter->fillRect(QRect(option.rect.left(), option.rect.top(), 3, option.rect.height()), theme.accent);
        } else if (option.state & QStyle::State_MouseOver) {
            painter->fillRect(option.rect, theme.inactiveHighlight);
        }
        const int icon = scaled(16);
        const QRect row = option.rect.adjusted(16, 0, -12, 0);
        paintIcon(painter, QRect(row.left(), row.top() + (row.height() - icon) / 2, icon, icon), index.data(IconNameRole).toString(),
                  current ? theme.accent : theme.text2);
        const QString count = index.data(CountRole).toString();
        painter->setFont(textFont(index.data(AlarmRole).toBool() ? TextRole::SmallEmphasis : TextRole::Small));
        const int countWidth = count.isEmpty() ? 0 : painter->fontMetrics().horizontalAdvance(count);
        painter->setPen(index.data(AlarmRole).toBool() ? theme.failed.ink : theme.text2);
        painter->drawText(row, Qt::AlignVCenter | Qt::AlignRight, count);
        painter->setFont(textFont(current ? TextRole::Emphasis : TextRole::Body));
        painter->setPen(current ? theme.highlightedText : theme.text);
        const QRect name(row.left() + icon + 8, row.top(), row.width() - icon - 8 - countWidth - (countWidth > 0 ? 8 : 0), row.height());
        painter->drawText(name, Qt::AlignVCenter,
                          painter->fontMetrics().elidedText(index.data(Qt::DisplayRole).toString(), Qt::ElideRight, name.width()));
        if ((option.state & QStyle::State_HasFocus) && current) {
            painter->setPen(QPen(theme.accent, 1));
            painter->drawRect(option.rect.adjusted(0, 0, -1, -1));
        }
    }
};

QListWidget* makeList(QWidget* parent, const QString& accessibleName)
{
    auto* list = new QListWidget(parent);
    list->setItemDelegate(new SidebarDelegate(list));
    list->setFrameShape(QFrame::NoFrame);
    list->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    list->setMouseTracking(true);
    list->setUniformItemSizes(true);
    list->viewport()->setAutoFillBackground(false);
    list->setAccessibleName(accessibleName);
    return list;
}

QLabel* makeCaption(const QString& text, QWidget* parent)
{
    auto* label = new QLabel(text, parent);
    keepFont(label, TextRole::SmallEmphasis);
    label->setContentsMargins(16, 12, 0, 4);
    return label;
}

}

QString pageTitle(Page page)
{
    switch (page) {
    case Page::Jobs: return QCoreApplication::translate("ui::Sidebar", "Jobs");
    case Page::Failures: return QCoreApplication::translate("ui::Sidebar", "Failures");
    case Page::Webhooks: return QCoreApplication::translate("ui::Sidebar", "Webhooks");
    case Page::Queues: return QCoreApplication::translate("ui::Sidebar", "Queues");
    case Page::Artifacts: return QCoreApplication::translate("ui::Sidebar", "Artifacts");
    case Page::Presets: return QCoreApplication::translate("ui::Sidebar", "Presets");
    case Page::Notifications: return QCoreApplication::translate("ui::Sidebar", "Notifications");
    case Page::Dashboard: return QCoreApplication::translate("ui::Sidebar", "Dashboard");
    case Page::Journal: return QCoreApplication::translate("ui::Sidebar", "Journal");
    }
    Q_UNREACHABLE();
}

QString pageIconName(Page page)
{
    switch (page) {
    case Page::Jobs: return u"view-jobs"_s;
    case Page::Failures: return u"view-failures"_s;
    case Page::Webhooks: return u"view-webhooks"_s;
    case Page::Queues: return u"view-queues"_s;
    case Page::Artifacts: return u"view-artifacts"_s;
    case Page::Presets: return u"view-presets"_s;
    case Page::Notifications: return u"view-notifications"_s;
    case Page::Dashboard: return u"view-dashboard"_s;
    case Page::Journal: return u"view-journal"_s;
    }
    Q_UNREACHABLE();
}

QList<Page> allPages()
{
    return {Page::Jobs,    Page::Failures,      Page::Webhooks,  Page::Queues, Page::Artifacts,
            Page::Presets, Page::Notifications, Page::Dashboard, Page::Journal};
}

Sidebar::Sidebar(QWidget* parent)
    : QWidget(parent),
      m_views(makeList(this, tr("Views"))),
      m_savedTitle(makeCaption(tr("Saved filters"), this)),
      m_saved(makeList(this, tr("Saved filters"))),
      m_settings(new QPushButton(actionIcon(u"preferences-system"_s), tr("Settings"), this))
{
    setAutoFillBackground(true);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 4, 0, 8);
    column->setSpacing(0);
    column->addWidget(makeCaption(tr("Views"), this));
    column->addWidget(m_views);
    column->addWidget(m_savedTitle);
    column->addWidget(m_saved);
    column->addStretch();
    auto* foot = new QHBoxLayout;
    foot->setContentsMargins(8, 0, 8, 0);
    foot->addWidget(m_settings);
    foot->addStretch();
    column->addLayout(foot);
    setFlatLook(m_settings);

    const auto pages = allPages();
    for (const Page page : pages) {
        auto* item = new QListWidgetItem(pageTitle(page), m_views);
        item->setData(IconNameRole, pageIconName(page));
        item->setData(ValueRole, static_cast<int>(page));
    }
    m_views->setCurrentRow(0);
    connect(m_views, &QListWidget::itemClicked, this,
            [this](QListWidgetItem* item) { emit pageChosen(static_cast<Page>(item->data(ValueRole).toInt())); });
    connect(m_views, &QListWidget::currentItemChanged, this, [this](QListWidgetItem* item) {
        if (item && m_views->hasFocus())
            emit pageChosen(static_cast<Page>(item->data(ValueRole).toInt()));
    });
    connect(m_saved, &QListWidget::itemClicked, this,
            [this](QListWidgetItem* item) { emit filterChosen(item->data(ValueRole).toString()); });
    connect(m_saved, &QListWidget::itemActivated, this,
            [this](QListWidgetItem* item) { emit filterChosen(item->data(ValueRole).toString()); });
    m_saved->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_saved, &QListWidget::customContextMenuRequested, this, [this](const QPoint& at) {
        const QListWidgetItem* item = m_saved->itemAt(at);
        if (!item)
            return;
        auto* menu = new QMenu(this);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        menu->addAction(tr("Remove “%1”").arg(item->text()), this, [this, name = item->text()] { emit filterRemovalAsked(name); });
        menu->popup(m_saved->viewport()->mapToGlobal(at));
    });
    connect(m_settings, &QPushButton::clicked, this, &Sidebar::settingsAsked);
    setSavedFilters({});
    takeHeights();
}

void Sidebar::setCurrentPage(Page page)
{
    const QSignalBlocker quiet(m_views);
    m_views->setCurrentRow(static_cast<int>(allPages().indexOf(page)));
}

void Sidebar::setCount(Page page, std::optional<qint64> count, bool isExact)
{
    QListWidgetItem* item = m_views->item(static_cast<int>(allPages().indexOf(page)));
    const bool shown = count && *count > 0;
    const QString words = !shown ? QString() : isExact ? countText(*count) : tr("%1+").arg(countText(*count));
    item->setData(CountRole, words);
    item->setData(AlarmRole, shown && page == Page::Failures);
    item->setData(Qt::AccessibleTextRole, shown ? u"%1, %2"_s.arg(pageTitle(page), words) : pageTitle(page));
}

void Sidebar::setSavedFilters(const QList<SavedFilter>& filters)
{
    m_saved->clear();
    for (const SavedFilter& saved : filters) {
        auto* item = new QListWidgetItem(plainLine(saved.name), m_saved);
        item->setData(IconNameRole, u"bookmark-new"_s);
        item->setData(ValueRole, saved.filter);
        item->setToolTip(plainToolTip(saved.filter));
    }
    m_savedTitle->setVisible(!filters.isEmpty());
    m_saved->setVisible(!filters.isEmpty());
    takeHeights();
}

QSize Sidebar::sizeHint() const
{
    return {scaled(160), scaled(400)};
}

void Sidebar::takeHeights()
{
    for (QListWidget* list : {m_views, m_saved})
        list->setFixedHeight(scaled(28) * std::max(1, list->count()));
    setMinimumWidth(scaled(120));
    QPalette ground = palette();
    ground.setColor(QPalette::Window, themeOf(palette()).sidebar);
    if (ground != palette())
        setPalette(ground);
}

void Sidebar::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        takeHeights();
}

}
