// SPDX-License-Identifier: Apache-2.0
#include "ui/palette/command_palette.h"

#include "ui/base/format.h"
#include "ui/base/ink_label.h"
#include "ui/base/keycap.h"
#include "ui/base/search_field.h"
#include "ui/session/saved_filters.h"
#include "ui/session/store_session.h"
#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"
#include "ui/window/main_window.h"

#include <QAction>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QStandardItemModel>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int IconNameRole = Qt::UserRole;
constexpr int KeysRole = Qt::UserRole + 1;
constexpr int DoingRole = Qt::UserRole + 2;

class CommandDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override { return {scaled(300), scaled(28)}; }
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const Theme& theme = themeOf(option.palette);
        const bool current = option.state & QStyle::State_Selected;
        if (current)
            painter->fillRect(option.rect, theme.highlight);
        const int icon = scaled(16);
        const QRect row = option.rect.adjusted(12, 0, -12, 0);
        paintIcon(painter, QRect(row.left(), row.top() + (row.height() - icon) / 2, icon, icon), index.data(IconNameRole).toString(),
                  theme.text2);
        painter->setFont(textFont(TextRole::Tiny));
        painter->setPen(theme.text3);
        painter->drawText(row, Qt::AlignVCenter | Qt::AlignRight, index.data(KeysRole).toString());
        painter->setFont(textFont(TextRole::Body));
        painter->setPen(current ? theme.highlightedText : theme.text);
        const QRect text = row.adjusted(icon + 8, 0, -scaled(110), 0);
        painter->drawText(text, Qt::AlignVCenter, painter->fontMetrics().elidedText(index.data().toString(), Qt::ElideRight, text.width()));
    }
};

void addKey(QHBoxLayout* keys, const QString& key, const QString& does)
{
    keys->addWidget(new Keycap(key));
    keys->addWidget(new InkLabel(does, TextRole::Tiny, InkLabel::Ink::Text2));
    keys->addSpacing(scaled(8));
}

/// Ours are UUIDs; a foreign store's may be anything without a blank.
bool looksLikeId(const QString& typed)
{
    constexpr qsizetype shortest = 6;
    return typed.size() >= shortest && std::none_of(typed.begin(), typed.end(), [](QChar c) { return c.isSpace(); });
}

}

int matchScore(const QString& typed, const QString& text)
{
    int score = 1;
    const QStringList words = typed.split(u' ', Qt::SkipEmptyParts);
    for (const QString& word : words) {
        const qsizetype at = text.indexOf(word, 0, Qt::CaseInsensitive);
        if (at < 0)
            return 0;
        score += at == 0 ? 30 : !text.at(at - 1).isLetterOrNumber() ? 20 : 5;
    }
    return score;
}

void CommandPalette::open(MainWindow& window)
{
    if (auto* former = window.findChild<CommandPalette*>()) {
        former->close();
        return;
    }
    auto* palette = new CommandPalette(window);
    palette->resize(std::min(scaled(560), window.width() - 40), scaled(380));
    palette->move((window.width() - palette->width()) / 2, scaled(80));
    palette->show();
    palette->raise();
    palette->m_field->setFocus();
}

CommandPalette::CommandPalette(MainWindow& window)
    : QFrame(&window),
      m_window(window),
      m_field(new QLineEdit(this)),
      m_list(new QListView(this)),
      m_rows(new QStandardItemModel(this)),
      m_keys(new QWidget(this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setFrameShape(QFrame::StyledPanel);
    setAutoFillBackground(true);
    setAccessibleName(tr("Go to job or command"));
    m_field->setPlaceholderText(tr("A command, a page, a saved filter, or the beginning of a job's id"));
    m_field->setAccessibleName(m_field->placeholderText());
    m_field->setClearButtonEnabled(true);
    nameFieldButtons(m_field);
    m_field->installEventFilter(this);
    m_list->setModel(m_rows);
    m_list->setItemDelegate(new CommandDelegate(m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setAccessibleName(tr("What fits"));
    auto* keys = new QHBoxLayout(m_keys);
    keys->setContentsMargins(0, 0, 0, 0);
    keys->setSpacing(scaled(4));
    addKey(keys, tr("↑ ↓"), tr("choose"));
    addKey(keys, tr("Enter"), tr("do it"));
    addKey(keys, tr("Esc"), tr("close"));
    keys->addStretch();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(8, 8, 8, 8);
    column->addWidget(m_field);
    column->addWidget(m_list, 1);
    column->addWidget(m_keys);
    connect(m_field, &QLineEdit::textChanged, this, &CommandPalette::list);
    connect(m_list, &QListView::clicked, this, &CommandPalette::doCurrent);
    list({});
}

void CommandPalette::addRow(const QString& icon, const QString& text, const QString& keys, std::function<void()> what)
{
    auto* row = new QStandardItem(text);
    row->setData(icon, IconNameRole);
    row->setData(keys, KeysRole);
    row->setData(m_doings.size(), DoingRole);
    m_doings << std::move(what);
    m_rows->appendRow(row);
}

void CommandPalette::list(const QString& typed)
{
    m_rows->clear();
    m_doings.clear();
    ++m_asked;
    struct Found {
        int score;
        QAction* act;
    };
    QList<Found> found;
    const auto acts = m_window.acts();
    for (QAction* act : acts) {
        const int score = matchScore(typed.trimmed(), act->text().remove(u'&'));
        if (score > 0 && act->isEnabled())
            found << Found{score, act};
    }
    std::stable_sort(found.begin(), found.end(), [](const Found& left, const Found& right) { return left.score > right.score; });
    for (const Found& each : found)
        addRow(u"go-next"_s, each.act->text().remove(u'&'), each.act->shortcut().toString(QKeySequence::NativeText),
               [act = QPointer<QAction>(each.act)] {
                   if (act)
                       act->trigger();
               });
    const auto filters = m_window.filters();
    for (const SavedFilter& filter : filters) {
        if (matchScore(typed.trimmed(), filter.name) > 0)
            addRow(u"bookmark-new"_s, tr("Filter: %1").arg(plainLine(filter.name)), {},
                   [window = &m_window, text = filter.filter] { window->showFilter(text); });
    }
    m_list->setCurrentIndex(m_rows->index(0, 0));
    lookForJob(typed.trimmed());
}

void CommandPalette::lookForJob(const QString& typed)
{
    if (!looksLikeId(typed) || !m_window.session().isOpen())
        return;
    core::whenDone(m_window.session().backend()->resolveJobId(typed), this, [this, asked = m_asked](const core::Result<core::JobId>& id) {
        if (asked != m_asked || !id)
            return;
        addRow(u"view-jobs"_s, tr("Job %1").arg(id->text), tr("Enter"), [window = &m_window, found = *id] { window->showJob(found); });
        m_list->setCurrentIndex(m_rows->index(m_rows->rowCount() - 1, 0));
    });
}

void CommandPalette::doCurrent()
{
    const QModelIndex current = m_list->currentIndex();
    if (!current.isValid())
        return;
    const auto doing = m_doings.value(current.data(DoingRole).toInt());
    close();
    if (doing)
        doing();
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_field && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        const int row = m_list->currentIndex().row();
        if (key == Qt::Key_Down || key == Qt::Key_Up) {
            const int next = std::clamp(row + (key == Qt::Key_Down ? 1 : -1), 0, std::max(0, m_rows->rowCount() - 1));
            m_list->setCurrentIndex(m_rows->index(next, 0));
            return true;
        }
        if (key == Qt::Key_Return || key == Qt::Key_Enter) {
            doCurrent();
            return true;
        }
        if (key == Qt::Key_Escape) {
            close();
            return true;
        }
    }
    if (watched == m_field && event->type() == QEvent::FocusOut)
        close();
    return QFrame::eventFilter(watched, event);
}

}
