// SPDX-License-Identifier: Apache-2.0
// Where a window's replays come from: the page Webhooks, the inspector's tab, the menu and with it the palette.
#include "ui/inspector/inspector.h"
#include "ui/pages/webhooks/webhooks_page.h"
#include "ui/replay/replay_acts.h"
#include "ui/replay/replay_dialog.h"
#include "ui/theme/icons.h"
#include "ui/window/main_window.h"

#include <QAction>
#include <QMenu>

namespace ui {

using namespace Qt::StringLiterals;

void MainWindow::buildWebhookMenu(QMenu& menu)
{
    m_replays = new ReplayActs(m_context, tasks(), this);
    QAction* replay = addAct(menu, tr("Replay the selected deliveries…"), QKeySequence(u"Ctrl+Shift+R"_s), [this] { replayChosen(); });
    QAction* matching = addAct(menu, tr("Replay all deliveries that match…"), {}, [this] {
        showPage(Page::Webhooks);
        static_cast<WebhooksPage*>(pageWidget(Page::Webhooks))->replayMatching();
    });
    for (QAction* act : {replay, matching})
        act->setIcon(ownIcon(u"act-replay"_s));
    connect(m_inspector, &Inspector::replayAsked, m_replays, &ReplayActs::ask);
}

void MainWindow::wireReplays(QWidget* page)
{
    if (auto* webhooks = qobject_cast<WebhooksPage*>(page))
        connect(webhooks, &WebhooksPage::replayAsked, m_replays, &ReplayActs::ask);
}

/// On the page Webhooks its selection, elsewhere the inspector's; where there is none, the way to one.
void MainWindow::replayChosen()
{
    if (m_page != Page::Webhooks && m_inspector->isVisible() && m_inspector->currentTab() == InspectorTab::Webhooks)
        return m_inspector->replayChosen();
    if (m_page != Page::Webhooks)
        showPage(Page::Webhooks);
    static_cast<WebhooksPage*>(pageWidget(Page::Webhooks))->replayChosen();
}

}
