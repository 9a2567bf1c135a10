// SPDX-License-Identifier: Apache-2.0
#include "ui/media/frames_view.h"

#include "ui/base/format.h"
#include "ui/base/ink_label.h"
#include "ui/media/big_frame.h"
#include "ui/media/frame_grid.h"
#include "ui/media/frame_images.h"
#include "ui/media/media_controls.h"
#include "ui/media/media_job.h"
#include "ui/session/preferences.h"
#include "ui/session/store_session.h"
#include "ui/theme/text_size.h"

#include <QCheckBox>
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPushButton>
#include <QSlider>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 gridCacheBytes = qint64{96} << 20;
constexpr qint64 bigCacheBytes = qint64{128} << 20;
constexpr QSize largestPicture{4096, 4096};

}

FramesView::FramesView(const PayloadContext& context, const core::tasks::FrameExtractOutput& output, QWidget* parent)
    : QWidget(parent),
      m_context(context),
      m_model(new FrameModel(output, this)),
      m_images(new FrameImages(context.ui.session.backend(), gridCacheBytes, this)),
      m_bigImages(new FrameImages(context.ui.session.backend(), bigCacheBytes, this)),
      m_note(new InkLabel(TextRole::Small, InkLabel::Ink::Text2, this)),
      m_follow(new QCheckBox(tr("Follow the cue"), this)),
      m_size(new QSlider(Qt::Horizontal, this)),
      m_pages(new QStackedWidget(this)),
      m_grid(new FrameGrid(m_model, m_images)),
      m_bigTitle(new InkLabel(TextRole::Mono, InkLabel::Ink::Text)),
      m_big(new PictureBox),
      m_marked(new InkLabel(TextRole::Small, InkLabel::Ink::Text2, this))
{
    m_bigImages->setSize(largestPicture);
    auto* lines = new QVBoxLayout(this);
    lines->setContentsMargins(0, 0, 0, 0);
    lines->setSpacing(0);
    lines->addWidget(toolLine());
    m_pages->addWidget(m_grid);
    m_pages->addWidget(bigPage());
    m_pages->setMinimumHeight(scaled(280));
    lines->addWidget(m_pages, 1);
    lines->addWidget(hintLine());
    setFocusProxy(m_grid);

    connect(m_grid, &FrameGrid::openAsked, this, &FramesView::openBig);
    connect(m_grid, &FrameGrid::copyAsked, this, &FramesView::copyImage);
    connect(m_grid->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex& current) {
        if (!m_moving)
            emit currentFrameChanged(current.row());
    });
    connect(m_bigImages, &FrameImages::arrived, this, [this](const QString& key) {
        const auto& frames = m_model->frames();
        if (m_bigFrame >= 0 && frames.at(m_bigFrame).filePath == key)
            showBig(m_bigFrame);
        if (m_copyWaits >= 0 && frames.at(m_copyWaits).filePath == key)
            copyImage(m_copyWaits);
    });
    showMarks();
    setCurrentFrame(0);
    withInput(context, this, [this](const core::tasks::InputPayload& input) {
        if (const auto* asked = std::get_if<core::tasks::FrameExtractInput>(&input))
            takeInput(*asked);
    });
}

QWidget* FramesView::toolLine()
{
    auto* line = new QWidget(this);
    auto* row = new QHBoxLayout(line);
    row->setContentsMargins(0, scaled(8), 0, scaled(8));
    row->setSpacing(scaled(12));
    m_follow->setChecked(true);
    m_follow->hide();
    m_follow->setAccessibleName(tr("Follow the cue"));
    row->addWidget(m_follow);
    m_note->setMinimumWidth(1);
    m_note->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    row->addWidget(m_note, 1);
    auto* label = new InkLabel(tr("Size"), TextRole::Small, InkLabel::Ink::Text2, line);
    row->addWidget(label);
    m_size->setRange(96, 480);
    m_size->setValue(m_context.ui.preferences.value(u"media/frame_width"_s, 172).toInt());
    followTextSize(m_size, [this] { m_size->setFixedSize(scaled(90), scaled(32)); });
    m_size->setAccessibleName(tr("Size of the frames"));
    row->addWidget(m_size);
    m_grid->setCellWidth(scaled(m_size->value()));
    connect(m_size, &QSlider::valueChanged, this, [this](int width) {
        m_grid->setCellWidth(scaled(width));
        m_context.ui.preferences.setValue(u"media/frame_width"_s, width);
    });
    connect(m_follow, &QCheckBox::toggled, this, [this](bool follows) {
        if (follows)
            setCue(m_cue);
    });
    return line;
}

QWidget* FramesView::hintLine()
{
    auto* line = new QWidget(this);
    auto* row = new QHBoxLayout(line);
    row->setContentsMargins(0, scaled(6), 0, scaled(6));
    row->addWidget(m_marked, 1);
    if (m_context.ui.preferences.showsKeyboardHints())
        row->addWidget(new KeyHints(
            {{{tr("Enter")}, tr("open")}, {{tr("Ctrl+C")}, tr("copy image")}, {{u"\u2190"_s, u"\u2192"_s}, tr("frame")}}, line));
    return line;
}

QWidget* FramesView::bigPage()
{
    auto* page = new QWidget;
    auto* lines = new QVBoxLayout(page);
    lines->setContentsMargins(0, 0, 0, 0);
    auto* row = new QHBoxLayout;
    row->setSpacing(scaled(8));
    auto* back = new QPushButton(tr("All frames"), page);
    back->setAccessibleName(tr("Back to all frames"));
    auto* previous = iconButton(u"go-previous"_s, tr("Previous frame"), tr("Left"), page);
    auto* next = iconButton(u"go-next"_s, tr("Next frame"), tr("Right"), page);
    auto* copy = new QPushButton(tr("Copy image"), page);
    copy->setAccessibleName(tr("Copy image"));
    row->addWidget(back);
    row->addWidget(previous);
    row->addWidget(next);
    row->addWidget(m_bigTitle, 1);
    row->addWidget(copy);
    lines->addLayout(row);
    m_big->setFocusPolicy(Qt::StrongFocus);
    m_big->installEventFilter(this);
    m_big->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    lines->addWidget(m_big, 1);
    connect(back, &QPushButton::clicked, this, &FramesView::closeBig);
    connect(previous, &QToolButton::clicked, this, [this] { openBig(m_bigFrame - 1); });
    connect(next, &QToolButton::clicked, this, [this] { openBig(m_bigFrame + 1); });
    connect(copy, &QPushButton::clicked, this, [this] { copyImage(m_bigFrame); });
    return page;
}

void FramesView::takeInput(const core::tasks::FrameExtractInput& input)
{
    switch (core::tasks::FrameMode(input.mode)) {
    case core::tasks::FrameMode::Interval: m_howChosen = tr("every %1 s").arg(double(input.intervalMs) / 1000, 0, 'f', 1); break;
    case core::tasks::FrameMode::Timestamps: m_howChosen = tr("at given times"); break;
    case core::tasks::FrameMode::Scene: m_howChosen = tr("where the scene changes"); break;
    case core::tasks::FrameMode::Unknown: m_howChosen = plainLine(input.mode.stored()); break;
    }
    showMarks();
}

QString FramesView::summary() const
{
    QStringList parts;
    if (!m_howChosen.isEmpty())
        parts << m_howChosen;
    const auto& frames = m_model->frames();
    if (!frames.isEmpty() && frames.first().width && frames.first().height)
        parts << u"%1 \u00d7 %2"_s.arg(*frames.first().width).arg(*frames.first().height);
    parts << (frames.size() == 1 ? tr("1 frame") : tr("%1 frames").arg(countText(frames.size())));
    return parts.join(u" \u00b7 "_s);
}

int FramesView::currentFrame() const
{
    return m_grid->currentIndex().row();
}

void FramesView::setCurrentFrame(int frame)
{
    if (frame < 0 || frame >= m_model->rowCount())
        return;
    m_moving = true;
    m_grid->setCurrentIndex(m_model->index(frame));
    m_grid->scrollTo(m_model->index(frame));
    m_moving = false;
    if (isBig())
        showBig(frame);
}

void FramesView::setFillsPane()
{
    m_follow->show();
    const auto lines = findChildren<QWidget*>(Qt::FindDirectChildrenOnly);
    for (QWidget* line : lines) {
        if (line->layout() && line != m_pages)
            line->layout()->setContentsMargins(scaled(16), scaled(6), scaled(16), scaled(6));
    }
    m_grid->setLeftInset(scaled(12));    // four more are the cells' own
    m_marked->parentWidget()->setBackgroundRole(QPalette::Window);
    m_marked->parentWidget()->setAutoFillBackground(true);
    m_pages->widget(1)->layout()->setContentsMargins(scaled(16), scaled(8), scaled(16), scaled(8));
    showMarks();
}

bool FramesView::followsCue() const
{
    return m_follow->isChecked();
}

void FramesView::setCue(std::optional<std::pair<qint64, qint64>> span, bool moves)
{
    m_cue = span;
    m_model->setMarked(span);
    if (span && moves && followsCue()) {
        const int first = m_model->firstMarked();
        setCurrentFrame(first >= 0 ? first : m_model->frameAt(span->first));
    }
    showMarks();
}

void FramesView::showMarks()
{
    const int marked = m_model->markedCount();
    m_marked->setText(m_cue ? tr("%1 marked").arg(countText(marked)) : QString());
    if (!m_cue) {
        m_note->setText(m_follow->isVisibleTo(this) ? QString() : summary());
        return;
    }
    // a digit is enough here: "0:35.8 to 0:40.9"
    m_note->setText(tr("%1 to %2 \u00b7 %3 of %4 marked")
                        .arg(timecode(m_cue->first).chopped(2), timecode(m_cue->second).chopped(2), countText(marked),
                             tr("%1 frames").arg(countText(m_model->rowCount()))));
}

bool FramesView::isBig() const
{
    return m_pages->currentIndex() == 1;
}

bool FramesView::closeBig()
{
    if (!isBig())
        return false;
    m_pages->setCurrentIndex(0);
    m_bigFrame = -1;
    m_grid->setFocus();
    m_grid->scrollTo(m_grid->currentIndex());
    return true;
}

void FramesView::openBig(int frame)
{
    if (frame < 0 || frame >= m_model->rowCount())
        return;
    m_pages->setCurrentIndex(1);
    m_big->setFocus();
    if (currentFrame() != frame)
        m_grid->setCurrentIndex(m_model->index(frame));
    showBig(frame);
}

void FramesView::showBig(int frame)
{
    m_bigFrame = frame;
    const auto& info = m_model->frames().at(frame);
    m_bigTitle->setText(tr("%1, frame %2 of %3").arg(timecode(info.timestampMs), countText(frame + 1), countText(m_model->rowCount())));
    m_big->setAccessibleName(m_bigTitle->text());
    const QImage image = m_bigImages->image(info.filePath);
    if (!image.isNull())
        m_big->setImage(image);
    else if (const QString error = m_bigImages->error(info.filePath); !error.isEmpty())
        m_big->setWords(error, true);
    else
        m_big->setWords(tr("Reading the picture"), false);
    // the neighbours too: the arrows then answer at once
    QStringList keys{info.filePath};
    for (const int near : {frame + 1, frame - 1}) {
        if (near >= 0 && near < m_model->rowCount())
            keys << m_model->frames().at(near).filePath;
    }
    m_bigImages->want(keys);
}

void FramesView::copyImage(int frame)
{
    if (frame < 0 || frame >= m_model->rowCount())
        return;
    const QString key = m_model->frames().at(frame).filePath;
    const QImage image = m_bigImages->image(key);
    m_copyWaits = -1;
    if (!image.isNull()) {
        QGuiApplication::clipboard()->setImage(image);
    } else if (m_bigImages->error(key).isEmpty()) {
        m_copyWaits = frame;
        m_bigImages->want({key});
    }
}

bool FramesView::eventFilter(QObject* watched, QEvent* event)
{
    // before a window's own shortcut for Esc
    if (watched == m_big && event->type() == QEvent::ShortcutOverride && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
        event->accept();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void FramesView::keyPressEvent(QKeyEvent* event)
{
    if (!isBig()) {
        QWidget::keyPressEvent(event);
        return;
    }
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Up: openBig(m_bigFrame - 1); return;
    case Qt::Key_Right:
    case Qt::Key_Down: openBig(m_bigFrame + 1); return;
    case Qt::Key_Home: openBig(0); return;
    case Qt::Key_End: openBig(m_model->rowCount() - 1); return;
    case Qt::Key_Escape: closeBig(); return;
    default: break;
    }
    if (event->matches(QKeySequence::Copy))
        copyImage(m_bigFrame);
    else
        QWidget::keyPressEvent(event);
}

}
