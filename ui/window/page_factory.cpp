// SPDX-License-Identifier: Apache-2.0
#include "ui/window/page_factory.h"

#include "ui/pages/artifacts/artifacts_page.h"
#include "ui/pages/dashboard/dashboard_page.h"
#include "ui/pages/failures/failures_page.h"
#include "ui/pages/journal/journal_page.h"
#include "ui/pages/notifications/notifications_page.h"
#include "ui/pages/presets/presets_page.h"
#include "ui/pages/queues/queues_page.h"
#include "ui/pages/webhooks/webhooks_page.h"

namespace ui {

QWidget* createPage(Page page, const UiContext& context, QWidget* parent)
{
    switch (page) {
    case Page::Failures: return new FailuresPage(context, parent);
    case Page::Webhooks: return new WebhooksPage(context, parent);
    case Page::Queues: return new QueuesPage(context, parent);
    case Page::Artifacts: return new ArtifactsPage(context, parent);
    case Page::Presets: return new PresetsPage(context, parent);
    case Page::Notifications: return new NotificationsPage(context, parent);
    case Page::Dashboard: return new DashboardPage(context, parent);
    case Page::Journal: return new JournalPage(context, parent);
    case Page::Jobs: break;
    }
    Q_UNREACHABLE();
}

}
