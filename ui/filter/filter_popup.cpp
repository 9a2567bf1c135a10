// SPDX-License-Identifier: Apache-2.0
#include "ui/filter/filter_popup.h"

#include "ui/base/keycap.h"
#include "ui/filter/filter_completion.h"
#include "ui/filter/suggestion_list.h"
#include "ui/theme/icons.h"
#include "ui/theme/metrics.h"

#include <QAccessible>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QListView>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int mostRowsShown = 13;

QLabel* plainLabel(QWidget* parent)
{
    auto* label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    return label;
}

void setInk(QLabel* label, const QColor& ink, TextRole role)
{
    QPalette palette = label->palette();
    palette.setColor(QPalette::WindowText, ink);
    label->setPalette(palette);
    label->setFont(textFont(role));
}

}

FilterPopup::FilterPopup(QWidget* window)
    : QFrame(window),
      m_head(new QWidget(this)),
      m_title(plainLabel(m_head)),
      m_scope(plainLabel(m_head)),
      m_model(new SuggestionModel(this)),
      m_list(new QListView(this)),
      m_keys(new QWidget(this)),
      m_error(new QWidget(this)),
      m_errorIcon(new QLabel(m_error)),
      m_what(plainLabel(m_error)),
      m_expected(plainLabel(m_error))
{
    hide();
    setFocusPolicy(Qt::NoFocus);
    setAccessibleName(tr("What fits into the filter"));
    m_list->setAccessibleName(tr("What fits into the filter"));
    m_list->setModel(m_model);
    m_list->setItemDelegate(new SuggestionDelegate(m_list));
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setUniformItemSizes(true);
    connect(m_list, &QListView::clicked, this, [this](const QModelIndex& index) { emit taken(index.row()); });

    auto* head = new QHBoxLayout(m_head);
    head->setContentsMargins(scaled(10), scaled(6), scaled(10), scaled(4));
    head->addWidget(m_title, 1);
    head->addWidget(m_scope);

    auto* keys = new QHBoxLayout(m_keys);
    keys->setContentsMargins(scaled(10), scaled(6), scaled(10), scaled(6));
    keys->setSpacing(scaled(6));
    const auto addKey = [&](const QString& key, const QString& what) {
        keys->addWidget(new Keycap(key, m_keys));
        auto* label = plainLabel(m_keys);
        label->setText(what);
        keys->addWidget(label);
        keys->addSpacing(scaled(2));
    };
    addKey(tr("Tab"), tr("take"));
    addKey(u","_s, tr("add one"));
    addKey(u"!"_s, tr("not"));
    keys->addStretch();

    m_what->setWordWrap(true);
    m_expected->setWordWrap(true);
    auto* words = new QVBoxLayout;
    words->setSpacing(scaled(4));
    words->addWidget(m_what);
    words->addWidget(m_expected);
    auto* error = new QHBoxLayout(m_error);
    error->setContentsMargins(scaled(10), scaled(8), scaled(10), scaled(8));
    error->setSpacing(scaled(8));
    error->addWidget(m_errorIcon, 0, Qt::AlignTop);
    error->addLayout(words, 1);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(1, 1, 1, 1);
    column->setSpacing(0);
    column->addWidget(m_head);
    column->addWidget(m_list);
    column->addWidget(m_keys);
    column->addWidget(m_error);
}

void FilterPopup::setUpLook()
{
    const Theme& theme = themeOf(palette());
    setInk(m_title, theme.text2, TextRole::Small);
    setInk(m_scope, theme.text3, TextRole::Small);
    setInk(m_what, theme.text, TextRole::Body);
    setInk(m_expected, theme.text2, TextRole::Small);
    const auto labels = m_keys->findChildren<QLabel*>(Qt::FindDirectChildrenOnly);
    for (QLabel* label : labels)
        setInk(label, theme.text2, TextRole::Small);
    m_errorIcon->setPixmap(iconPixmap(u"dialog-error"_s, theme.failed.ink, scaled(16), devicePixelRatioF()));
}

void FilterPopup::showCompletion(const FilterCompletion& completion, const QString& scope)
{
    setUpLook();
    m_title->setText(completion.title);
    m_scope->setText(scope);
    m_model->setSuggestions(completion.suggestions);
    m_isChosen = false;
    m_list->setCurrentIndex(m_model->index(0));
    m_list->scrollToTop();
    for (QWidget* part : {m_head, static_cast<QWidget*>(m_list)})
        part->show();
    m_keys->setVisible(m_showsKeys);
    m_error->hide();
    m_list->setFixedHeight(scaled(24) * static_cast<int>(std::min<qsizetype>(completion.suggestions.size(), mostRowsShown)));
    m_wordsLeft = scaled(completion.key.isEmpty() ? 10 : 34);
    setFixedWidth(scaled(completion.key.isEmpty() ? 440 : 272));
    adjustSize();
    show();
    raise();
}

void FilterPopup::showError(const QString& what, const QString& expected)
{
    setUpLook();
    const bool isNews = !showsError() || m_what->text() != what;
    m_what->setText(what);
    m_expected->setText(expected);
    m_expected->setVisible(!expected.isEmpty());
    for (QWidget* part : {m_head, static_cast<QWidget*>(m_list), m_keys})
        part->hide();
    m_error->show();
    m_wordsLeft = scaled(34);
    setFixedWidth(scaled(400));
    // a label that wraps says its height only once it knows its width
    resize(width(), layout()->heightForWidth(width()));
    show();
    raise();
    if (isNews) {
        QAccessibleEvent alert(m_what, QAccessible::Alert);
        QAccessible::updateAccessibility(&alert);
    }
}

bool FilterPopup::showsCompletion() const
{
    return !isHidden() && !m_list->isHidden();
}

bool FilterPopup::showsError() const
{
    return !isHidden() && !m_error->isHidden();
}

int FilterPopup::currentRow() const
{
    return m_list->currentIndex().row();
}

void FilterPopup::moveCurrent(int by)
{
    const int rows = m_model->rowCount();
    if (rows == 0)
        return;
    m_isChosen = true;
    m_list->setCurrentIndex(m_model->index((currentRow() + by + rows) % rows));
    // the list has no focus to follow, so that it has to be said
    QAccessibleEvent moved(m_list, QAccessible::Focus);
    moved.setChild(currentRow());
    QAccessible::updateAccessibility(&moved);
}

void FilterPopup::placeBelow(const QPoint& point)
{
    const int most = std::max(0, parentWidget()->width() - width() - scaled(4));
    move(std::clamp(point.x() - m_wordsLeft, 0, most), point.y());
}

void FilterPopup::setShowsKeys(bool shows)
{
    m_showsKeys = shows;
}

void FilterPopup::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange)
        setUpLook();
    QFrame::changeEvent(event);
}

void FilterPopup::paintEvent(QPaintEvent*)
{
    const Theme& theme = themeOf(palette());
    QPainter painter(this);
    painter.fillRect(rect(), theme.base);
    painter.setPen(showsError() ? theme.failed.ink : theme.outline);
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
    if (m_keys->isVisibleTo(this))
        painter.fillRect(QRect(1, m_keys->y(), width() - 2, 1), theme.hairline);
}

}
