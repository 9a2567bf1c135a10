// SPDX-License-Identifier: Apache-2.0
#include "ui/window/unreachable_page.h"

#include "ui/base/format.h"
#include "ui/base/ink_label.h"
#include "ui/connections/connection_test.h"
#include "ui/session/closing.h"
#include "ui/session/store_session.h"
#include "ui/theme/icons.h"
#include "ui/theme/style.h"
#include "ui/theme/text_size.h"

#include <QClipboard>
#include <QEvent>
#include <QFileInfo>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui {

using namespace Qt::StringLiterals;

class StageList final : public QWidget {
public:
    using QWidget::QWidget;
    struct Line {
        QString icon;
        QColor ink;
        QString name;
        QString detail;
        bool emphasised;
        QString took = {};
    };
    void show(const QList<Line>& lines)
    {
        m_lines = lines;
        setFixedHeight(static_cast<int>(lines.size()) * scaled(34) + 2);
        QStringList words;
        for (const Line& line : lines)
            words << line.name + u": "_s + line.detail;
        setAccessibleName(words.join(u". "_s));
        update();
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        const Theme& theme = themeOf(palette());
        painter.setPen(theme.border);
        painter.setBrush(theme.alternateBase);
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
        const int height = scaled(34);
        const int icon = scaled(16);
        for (qsizetype i = 0; i < m_lines.size(); ++i) {
            const Line& line = m_lines.at(i);
            const QRect row(1, 1 + static_cast<int>(i) * height, width() - 2, height);
            if (i > 0)
                painter.fillRect(QRect(row.left(), row.top(), row.width(), 1), theme.hairline);
            paintIcon(&painter, QRect(row.left() + 12, row.top() + (height - icon) / 2, icon, icon), line.icon, line.ink);
            painter.setFont(textFont(line.emphasised ? TextRole::Emphasis : TextRole::Body));
            painter.setPen(line.emphasised ? theme.text : theme.text2);
            painter.drawText(row.adjusted(12 + icon + 10, 0, 0, 0), Qt::AlignVCenter, line.name);
            painter.setFont(textFont(TextRole::Body));
            painter.setPen(theme.text2);
            const QRect detail = row.adjusted(scaled(180), 0, -12 - (line.took.isEmpty() ? 0 : scaled(64)), 0);
            painter.drawText(row.adjusted(0, 0, -12, 0), Qt::AlignVCenter | Qt::AlignRight, line.took);
            painter.drawText(detail, Qt::AlignVCenter, painter.fontMetrics().elidedText(line.detail, Qt::ElideMiddle, detail.width()));
        }
    }

private:
    QList<Line> m_lines;
};

class WaitBar final : public QWidget {
public:
    explicit WaitBar(QWidget* parent) : QWidget(parent)
    {
        followTextSize(this, [this] { setFixedSize(scaled(120), scaled(28)); });
    }
    void show(double part)
    {
        m_part = part;
        update();
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        const Theme& theme = themeOf(palette());
        const QRect track(0, (height() - 6) / 2, width(), 6);
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.track);
        painter.drawRoundedRect(track, 2, 2);
        painter.setBrush(theme.accent);
        painter.drawRoundedRect(QRectF(track.left(), track.top(), track.width() * m_part, track.height()), 2, 2);
    }

private:
    double m_part = 0;
};

namespace {

QLabel* plainLabel(QWidget* parent, TextRole role)
{
    auto* label = new InkLabel(role, InkLabel::Ink::Text, parent);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    return label;
}

}

UnreachablePage::UnreachablePage(StoreSession& session, QWidget* parent)
    : QWidget(parent),
      m_session(session),
      m_icon(new QLabel(this)),
      m_title(plainLabel(this, TextRole::Title)),
      m_cause(plainLabel(this, TextRole::Body)),
      m_stages(new StageList(this)),
      m_next(plainLabel(this, TextRole::Body)),
      m_bar(new WaitBar(this)),
      m_tries(plainLabel(this, TextRole::Small)),
      m_tryNow(new QPushButton(tr("Try now"), this)),
      m_switch(new QPushButton(tr("Switch connection"), this)),
      m_copy(new QPushButton(actionIcon(u"edit-copy"_s), tr("Copy details"), this)),
      m_advice(plainLabel(this, TextRole::Body)),
      m_words(plainLabel(this, TextRole::Mono))
{
    setPrimaryLook(m_tryNow);
    m_next->setWordWrap(false);
    m_tries->setWordWrap(false);
    m_words->setFrameShape(QFrame::StyledPanel);
    m_words->setMargin(8);
    auto* content = new QWidget(this);
    followTextSize(content, [content] { content->setMaximumWidth(scaled(520)); });
    auto* column = new QVBoxLayout(content);
    column->setSpacing(12);
    auto* head = new QHBoxLayout;
    head->addWidget(m_icon, 0, Qt::AlignTop);
    head->addWidget(m_title, 1);
    column->addLayout(head);
    column->addWidget(m_cause);
    column->addWidget(m_stages);
    auto* wait = new QHBoxLayout;
    wait->addWidget(m_next);
    wait->addWidget(m_bar);
    wait->addWidget(m_tries);
    wait->addStretch();
    column->addLayout(wait);
    auto* buttons = new QHBoxLayout;
    for (QPushButton* button : {m_tryNow, m_switch, m_copy})
        buttons->addWidget(button);
    buttons->addStretch();
    column->addLayout(buttons);
    auto* line = new QFrame(content);
    line->setFrameShape(QFrame::HLine);
    column->addWidget(line);
    auto* staysTitle = plainLabel(content, TextRole::SmallEmphasis);
    staysTitle->setText(tr("If it stays like this"));
    column->addWidget(staysTitle);
    column->addWidget(m_advice);
    column->addWidget(m_words);
    auto* middle = new QHBoxLayout;
    middle->addStretch(1);
    middle->addWidget(content, 4);
    middle->addStretch(1);
    auto* outer = new QVBoxLayout(this);
    outer->addSpacing(scaled(40));
    outer->addLayout(middle);
    outer->addStretch();
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);

    m_tick.setInterval(200);
    connect(&m_tick, &QTimer::timeout, this, &UnreachablePage::showCountdown);
    connect(&session, &StoreSession::stateChanged, this, &UnreachablePage::refresh);
    connect(m_tryNow, &QPushButton::clicked, &session, &StoreSession::tryNow);
    connect(m_switch, &QPushButton::clicked, this, &UnreachablePage::switchAsked);
    connect(m_copy, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(details()); });
    refresh();
}

UnreachablePage::~UnreachablePage()
{
    letGo(m_session.closer().get(), std::move(m_lane));
}

QString UnreachablePage::stagesText() const
{
    return m_stages->accessibleName();
}

QString UnreachablePage::details() const
{
    const core::Error& error = m_session.error();
    QStringList lines{m_title->text(), m_cause->text(), u"%1: %2"_s.arg(error.code, error.message)};
    if (!error.detail.isEmpty())
        lines << error.detail;
    lines << tr("Store: %1").arg(m_session.profile().storePath) << m_tries->text();
    return lines.join(u'\n');
}

void UnreachablePage::refresh()
{
    if (m_session.state() != StoreSession::State::Unreachable)
        return;
    const core::Error& error = m_session.error();
    const QString path = m_session.profile().storePath;
    const StoreTrouble trouble = troubleOf(error, path);
    const Theme& theme = themeOf(palette());
    m_icon->setPixmap(iconPixmap(u"state-failed"_s, theme.failed.ink, scaled(20), devicePixelRatioF()));
    m_title->setText(trouble.title);
    m_cause->setText(trouble.cause);
    m_advice->setText(trouble.advice);
    m_words->setText(error.code + u": "_s + error.message + (error.detail.isEmpty() ? QString() : u'\n' + error.detail));

    if (!m_lane)
        m_lane = std::make_shared<core::Lane>();
    if (m_session.profile().kind == ConnectionKind::Postgres)
        lookAtServer();
    else
        lookAtFile();
    showCountdown();
}

void UnreachablePage::lookAtServer()
{
    const auto work = [url = m_session.profile().storePath]() -> core::Result<QList<core::backend::ServerStage>> {
        return core::backend::reachServer(url);
    };
    core::whenDone(m_lane->run(work), this, [this, asked = ++m_asked](const core::Result<QList<core::backend::ServerStage>>& way) {
        if (asked == m_asked && way)
            showServerStages(*way);
    });
}

void UnreachablePage::lookAtFile()
{
    const QString path = m_session.profile().storePath;
    core::whenDone(m_lane->run([path]() -> core::Result<StoreFile> {    // not here: the disk may be what does not answer
        const QFileInfo file(path);
        return StoreFile{QFileInfo(file.absolutePath()).isDir(), file.isFile(), file.size()};
    }),
                   this, [this, asked = ++m_asked](const core::Result<StoreFile>& file) {
                       if (asked == m_asked && file)
                           showStages(*file);
                   });
}

namespace {

StageList::Line passedLine(const Theme& theme, const QString& name, const QString& detail, const QString& took = {})
{
    return {u"state-done"_s, theme.done.ink, name, detail, false, took};
}

StageList::Line stoppedLine(const Theme& theme, const QString& name, const QString& detail, const QString& took = {})
{
    return {u"state-failed"_s, theme.failed.ink, name, detail, true, took};
}

StageList::Line missedLine(const Theme& theme, const QString& name)
{
    return {u"ring"_s, theme.text3, name, UnreachablePage::tr("not reached"), false};
}

/// The session was made and the tables looked at.
bool isAboutSchema(const core::Error& error)
{
    return error.code == "store_newer"_L1 || error.code == "store_old"_L1 || error.code == "store_foreign"_L1;
}

}

void UnreachablePage::showServerStages(const QList<core::backend::ServerStage>& way)
{
    const core::Error& error = m_session.error();
    const Theme& theme = themeOf(palette());
    QList<StageList::Line> lines;
    bool isReached = true;
    for (const auto& stage : way) {
        isReached = isReached && stage.passed;
        lines << (stage.passed ? passedLine(theme, stageTitle(stage.kind), stage.detail, stageTime(stage))
                               : stoppedLine(theme, stageTitle(stage.kind), stage.detail, stageTime(stage)));
    }
    const QString session = stageTitle(core::backend::ServerStage::Kind::LoggedIn);
    const QString schema = stageTitle(core::backend::ServerStage::Kind::Schema);
    if (!isReached)
        lines << missedLine(theme, session) << missedLine(theme, schema);
    else if (isAboutSchema(error))
        lines << passedLine(theme, session, tr("open")) << stoppedLine(theme, schema, troubleOf(error, {}).title);
    else
        lines << stoppedLine(theme, tr("Session refused"), error.message) << missedLine(theme, schema);
    m_stages->show(lines);
}

void UnreachablePage::showStages(const StoreFile& file)
{
    const core::Error& error = m_session.error();
    const QString path = m_session.profile().storePath;
    const QString folder = path.section(u'/', 0, -2);
    const StoreTrouble trouble = troubleOf(error, path);
    const Theme& theme = themeOf(palette());
    QList<StageList::Line> lines;
    lines << (file.hasFolder ? passedLine(theme, tr("Folder"), folder)
                             : stoppedLine(theme, tr("Folder"), tr("%1 is not there").arg(folder)));
    if (!file.hasFolder)
        lines << missedLine(theme, tr("File"));
    else
        lines << (file.isThere ? passedLine(theme, tr("File"), sizeText(file.sizeBytes))
                               : stoppedLine(theme, tr("File"), tr("is not there")));
    if (isAboutSchema(error))
        lines << passedLine(theme, tr("Opened"), tr("as an SQLite database")) << stoppedLine(theme, tr("Schema version"), trouble.title);
    else
        lines << (file.isThere ? stoppedLine(theme, tr("Opened"), error.message) : missedLine(theme, tr("Opened")))
              << missedLine(theme, tr("Schema version"));
    m_stages->show(lines);
}

void UnreachablePage::showCountdown()
{
    const int left = m_session.nextTryInMs();
    const bool waitsForPerson = !m_session.triesAgain();
    m_next->setText(left > 0         ? tr("Next try in %1 s").arg((left + 999) / 1000)
                    : waitsForPerson ? tr("Not tried again by itself")
                                     : tr("Trying now"));
    m_bar->setVisible(!waitsForPerson);
    m_bar->show(m_session.tryIntervalMs() > 0 ? 1.0 - static_cast<double>(left) / m_session.tryIntervalMs() : 1.0);
    const auto since = m_session.unreachableSince();
    if (!since || m_session.tries() <= 1)
        m_tries->setText(since ? tr("Tried once") : QString());
    else
        m_tries->setText(tr("%1 tries, for %2").arg(m_session.tries()).arg(relativeTime(*since, core::base::systemNow())));
}

void UnreachablePage::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        refresh();
}

void UnreachablePage::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    refresh();
    m_tick.start();
}

void UnreachablePage::hideEvent(QHideEvent* event)
{
    QWidget::hideEvent(event);
    m_tick.stop();
}

}
