// SPDX-License-Identifier: Apache-2.0
#include "ui/help/help_window.h"

#include "ui/base/scroll_bar_names.h"
#include "ui/theme/metrics.h"

#include <QFile>
#include <QHBoxLayout>
#include <QListWidget>
#include <QScrollBar>
#include <QTextBrowser>

namespace ui {

using namespace Qt::StringLiterals;

QList<std::pair<QString, QString>> helpTopics()
{
    return {{u"first-steps"_s, HelpWindow::tr("First steps")},
            {u"jobs"_s, HelpWindow::tr("Finding jobs")},
            {u"filter"_s, HelpWindow::tr("The filter")},
            {u"inspector"_s, HelpWindow::tr("Reading a job")},
            {u"webhooks"_s, HelpWindow::tr("Webhooks and stages")},
            {u"cases"_s, HelpWindow::tr("Case files")},
            {u"connections"_s, HelpWindow::tr("Connections")},
            {u"scale"_s, HelpWindow::tr("Postgres at scale")},
            {u"trouble"_s, HelpWindow::tr("When something fails")}};
}

HelpWindow::HelpWindow(QWidget* parent) : QDialog(parent), m_topics(new QListWidget(this)), m_page(new QTextBrowser(this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Help"));
    resize(scaled(860), scaled(620));
    m_topics->setFixedWidth(scaled(200));
    m_topics->setAccessibleName(tr("Pages"));
    m_page->setAccessibleName(tr("Page"));
    nameScrollBars(*m_page);
    m_page->setOpenLinks(false);
    m_page->document()->setDocumentMargin(16);
    const auto topics = helpTopics();
    for (const auto& [name, title] : topics) {
        auto* line = new QListWidgetItem(title, m_topics);
        line->setData(Qt::UserRole, name);
    }
    auto* row = new QHBoxLayout(this);
    row->addWidget(m_topics);
    row->addWidget(m_page, 1);
    connect(m_topics, &QListWidget::currentItemChanged, this, [this](QListWidgetItem* line) {
        if (line)
            showTopic(line->data(Qt::UserRole).toString());
    });
    // only our own pages are followed
    connect(m_page, &QTextBrowser::anchorClicked, this,
            [this](const QUrl& link) { showTopic(link.path().chopped(link.path().endsWith(".md"_L1) ? 3 : 0)); });
}

void HelpWindow::open(const QString& topic, QWidget* parent)
{
    auto* window = parent->findChild<HelpWindow*>();
    if (!window)
        window = new HelpWindow(parent);
    window->showTopic(topic);
    window->show();
    window->raise();
    window->activateWindow();
}

void HelpWindow::showTopic(const QString& topic)
{
    const auto topics = helpTopics();
    int row = 0;
    for (int i = 0; i < topics.size(); ++i) {
        if (topics.at(i).first == topic)
            row = i;
    }
    QFile file(u":/help/%1.md"_s.arg(topics.at(row).first));
    if (file.open(QIODevice::ReadOnly))
        m_page->setMarkdown(QString::fromUtf8(file.readAll()));
    const QSignalBlocker quiet(m_topics);
    m_topics->setCurrentRow(row);
}

void HelpWindow::changeEvent(QEvent* event)
{
    QDialog::changeEvent(event);
    if (event->type() != QEvent::PaletteChange || !m_topics->currentItem())
        return;
    const int place = m_page->verticalScrollBar()->value();
    showTopic(m_topics->currentItem()->data(Qt::UserRole).toString());
    m_page->verticalScrollBar()->setValue(place);
}

}
