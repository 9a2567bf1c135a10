// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/notifications/notifications_page.h"

#include "ui/base/empty_state.h"
#include "ui/base/format.h"
#include "ui/pages/frame/paged_list.h"
#include "ui/session/navigator.h"
#include "ui/theme/metrics.h"

#include <QVBoxLayout>

namespace ui {

using namespace Qt::StringLiterals;
using core::notifications::Notification;
using core::notifications::NotificationPage;

namespace {

bool sameNotification(const Notification& a, const Notification& b)
{
    return a.id == b.id;
}

RowCell kindCell(const Notification& notification)
{
    if (notification.kind == u"job_done")
        return {.text = NotificationsPage::tr("Job done"), .ink = RowInk::Done, .icon = u"state-done"_s};
    if (notification.kind == u"job_failed")
        return {.text = NotificationsPage::tr("Job failed"), .ink = RowInk::Failed, .icon = u"state-failed"_s};
    if (notification.kind == u"job_cancelled")
        return {.text = NotificationsPage::tr("Job cancelled"), .ink = RowInk::Cancelled, .icon = u"state-cancelled"_s};
    return {.text = plainLine(notification.kind), .ink = RowInk::Unknown, .icon = u"state-unknown"_s};
}

}

NotificationsPage::NotificationsPage(const UiContext& context, QWidget* parent)
    : PageFrame(context, tr("Notifications"), parent),
      m_list(new PagedList({{tr("Sent"), 72, true},
                            {tr("Kind"), 136},
                            {tr("Title"), 200},
                            {tr("Text"), 200, false, true},
                            {tr("User"), 96},
                            {tr("Read"), 72},
                            {tr("Job"), 124}},
                           context.preferences, tr("Notifications")))
{
    auto* layout = new QVBoxLayout(content());
    layout->setContentsMargins(scaled(16), scaled(16), scaled(16), scaled(16));
    layout->addWidget(m_list);
    setFocusProxy(&m_list->table());
    connect(m_list, &PagedList::moreAsked, this, &NotificationsPage::more);
    const auto open = [this](const PageRow& row) {
        if (!row.job.isEmpty())
            emit this->context().navigator.jobAsked(row.job);
    };
    connect(&m_list->table(), &RowTable::rowActivated, this, open);
    connect(&m_list->table(), &RowTable::linkActivated, this, open);
    emptyState().setDrawing(u"view-notifications"_s);
    emptyState().setTitle(tr("No notification yet"));
    emptyState().setSentence(tr("When a job ends, what its owner is told stands here."));
}

void NotificationsPage::reload()
{
    ask(backend().notificationPage({}, rowsOfAPage), [this](const NotificationPage& page) {
        m_rows.takeTop(page, sameNotification);
        showRows();
    });
}

void NotificationsPage::more()
{
    if (!m_rows.next || isReading())
        return;
    ask(backend().notificationPage(m_rows.next, rowsOfAPage), [this](const NotificationPage& page) {
        m_rows.takeMore(page);
        showRows();
    });
}

void NotificationsPage::showRows()
{
    const QList<PageRow>& rows = m_rows.shown([](const Notification& one) {
        PageRow row{one.id.text, one.jobId.value_or(core::JobId{}), {}};
        row.cells = {RowCell{.text = {}, .time = one.createdAt},
                     kindCell(one),
                     RowCell{.text = plainLine(one.title), .ink = RowInk::Text, .isStrong = !one.isRead},
                     RowCell{.text = plainLine(one.body), .hover = one.body.left(2000)},
                     RowCell{one.userId.isEmpty() ? u"\u2013"_s : plainLine(one.userId)},
                     RowCell{.text = one.isRead ? tr("read") : tr("unread"), .ink = one.isRead ? RowInk::Quiet : RowInk::Running},
                     one.jobId ? jobCell(*one.jobId) : RowCell{u"\u2013"_s}};
        return row;
    });
    m_list->showRows(rows, m_rows.next.has_value(), tr("No older notification."), tr("Show older notifications"));
    setIsEmpty(rows.isEmpty());
}

}
