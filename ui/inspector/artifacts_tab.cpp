// SPDX-License-Identifier: Apache-2.0
#include "ui/inspector/artifacts_tab.h"

#include "ui/base/error_bar.h"
#include "ui/base/format.h"
#include "ui/base/ink_label.h"
#include "ui/base/record_table.h"
#include "ui/inspector/artifact_preview.h"
#include "ui/session/store_session.h"
#include "ui/theme/icons.h"

#include <QDesktopServices>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QMenu>
#include <QPushButton>
#include <QSplitter>
#include <QStandardPaths>
#include <QUrl>
#include <QVBoxLayout>

namespace ui {

using namespace Qt::StringLiterals;
using core::backend::HostFailures;
using core::backend::JobStory;
using core::files::ArtifactWithFile;

namespace {

constexpr qsizetype filesLookedFor = 500;

QString nameOf(const ArtifactWithFile& artifact)
{
    if (!artifact.file)
        return {};
    return artifact.file->originalName.isEmpty() ? artifact.file->path.section(u'/', -1) : artifact.file->originalName;
}

/// A name to save by: outside text may hold anything, a path not.
QString safeName(const QString& name)
{
    QString safe;
    for (const QChar c : name.section(u'/', -1)) {
        const bool fits = c.isLetterOrNumber() || QStringView(u"-_. ()").contains(c);
        safe += fits ? c : QChar(u'_');
    }
    while (safe.startsWith(u'.'))
        safe.remove(0, 1);
    return safe.isEmpty() ? u"artifact"_s : safe.left(200);
}

}

ArtifactsTab::ArtifactsTab(const UiContext& ui, QWidget* parent)
    : StoryTab(ui, parent),
      m_table(new RecordTable(tr("Artifacts"),
                              new RecordModel({{tr("Kind"), false, false, false},
                                               {tr("Name"), false, false, true},
                                               {tr("Size"), true, false, false},
                                               {tr("SHA-256"), false, true, false},
                                               {tr("Storage"), false, false, false}}),
                              this)),
      m_error(new ErrorBar(this)),
      m_name(new InkLabel(TextRole::MonoSmall, InkLabel::Ink::Text2, this)),
      m_open(new QPushButton(actionIcon(u"document-open"_s), tr("Open"), this)),
      m_save(new QPushButton(actionIcon(u"document-save-as"_s), tr("Save as\u2026"), this)),
      m_preview(new ArtifactPreview(ui, this))
{
    m_table->setFrameShape(QFrame::NoFrame);
    m_error->setRetryOffered(false);
    m_name->setWordWrap(true);
    m_name->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_open->setToolTip(tr("Opens the file with the program that your desktop has for it"));
    m_open->setAccessibleName(tr("Open the artifact"));
    m_save->setAccessibleName(tr("Save the artifact"));
    auto* below = new QWidget(this);
    auto* acts = new QHBoxLayout;
    acts->addWidget(m_open);
    acts->addWidget(m_save);
    acts->addWidget(m_name, 1);
    auto* inset = new QVBoxLayout(below);
    inset->setContentsMargins(scaled(16), scaled(12), scaled(16), scaled(16));
    inset->setSpacing(scaled(8));
    inset->addWidget(m_error);
    inset->addLayout(acts);
    inset->addWidget(m_preview, 1);
    auto* splitter = new QSplitter(Qt::Vertical, this);
    splitter->addWidget(m_table);
    splitter->addWidget(below);
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 2);
    splitter->setChildrenCollapsible(false);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(splitter);
    connect(m_table, &RecordTable::currentKeyChanged, this, &ArtifactsTab::showCurrent);
    connect(m_table, &RecordTable::activated, this, &ArtifactsTab::open);
    connect(m_open, &QPushButton::clicked, this, &ArtifactsTab::open);
    connect(m_save, &QPushButton::clicked, this, &ArtifactsTab::askWhere);
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_table, &RecordTable::customContextMenuRequested, this, &ArtifactsTab::showMenu);
}

void ArtifactsTab::forget()
{
    m_artifacts.clear();
    m_isThere.clear();
    m_error->clear();
    m_table->records()->setRecords({});
    m_preview->showNothing();
}

void ArtifactsTab::showStory(const JobStory& story, const QList<HostFailures>&)
{
    m_job = story.job;
    const auto keys = [](const QList<ArtifactWithFile>& artifacts) {
        QStringList ids;
        for (const auto& artifact : artifacts)
            ids << artifact.artifact.id.text;
        return ids;
    };
    const bool changed = keys(m_artifacts) != keys(story.artifacts);
    m_artifacts = story.artifacts;
    showList();
    if (changed)
        lookForFiles();
    if (m_table->currentKey().isEmpty() && !m_artifacts.isEmpty())
        m_table->setCurrentKey(m_artifacts.first().artifact.id.text);
    if (m_artifacts.isEmpty())
        showCurrent();
}

void ArtifactsTab::showList()
{
    QList<Record> records;
    for (const ArtifactWithFile& artifact : std::as_const(m_artifacts)) {
        Record record;
        record.key = artifact.artifact.id.text;
        QString storage = tr("in the row");
        if (artifact.file) {
            const auto there = m_isThere.constFind(artifact.file->path);
            storage = there == m_isThere.cend() ? QString() : *there ? tr("there") : tr("not in the storage");
            if (there != m_isThere.cend() && !*there) {
                record.state = JobState::Failed;
                record.stateCell = 4;
            }
        }
        const auto size = artifact.file ? artifact.file->sizeBytes : std::nullopt;
        const QString sha = artifact.file ? artifact.file->sha256 : QString();
        record.cells = {artifact.artifact.kind, nameOf(artifact), size ? sizeText(*size) : QString(), sha.left(12), storage};
        record.tips = {QString(), artifact.file ? artifact.file->path : QString(), size ? tr("%1 bytes").arg(countText(*size)) : QString(),
                       sha, QString()};
        records.append(record);
    }
    m_table->records()->setRecords(records);
}

void ArtifactsTab::lookForFiles()
{
    auto* backend = ui().session.backend();
    if (!backend)
        return;
    const auto looked = m_artifacts.mid(0, filesLookedFor);
    for (const ArtifactWithFile& artifact : looked) {
        if (!artifact.file)
            continue;
        core::whenDone(backend->localFile(artifact.file->path), this,
                       [this, key = artifact.file->path, asked = m_job.id](const core::Result<QString>& path) {
                           if (asked != m_job.id || (!path && path.error().kind != core::ErrorKind::NotFound))
                               return;
                           m_isThere.insert(key, path.has_value());
                           showList();
                       });
    }
}

const ArtifactWithFile* ArtifactsTab::current() const
{
    const QString key = m_table->currentKey();
    for (const ArtifactWithFile& artifact : m_artifacts) {
        if (artifact.artifact.id.text == key)
            return &artifact;
    }
    return nullptr;
}

void ArtifactsTab::showCurrent()
{
    const ArtifactWithFile* artifact = current();
    m_error->clear();
    m_open->setVisible(artifact);
    m_save->setVisible(artifact);
    m_open->setEnabled(artifact && artifact->file);
    m_save->setEnabled(artifact && artifact->file);
    if (!artifact) {
        m_preview->showNothing();
        m_name->setText(m_artifacts.isEmpty() ? tr("This job has made no artifact.") : QString());
        return;
    }
    m_name->setText(artifact->file ? plainLine(artifact->file->path) : tr("kept in the artifact's row"));
    m_preview->showArtifact(*artifact);
}

void ArtifactsTab::open()
{
    const ArtifactWithFile* artifact = current();
    if (!artifact || !artifact->file || !ui().session.backend())
        return;
    core::whenDone(ui().session.backend()->localFile(artifact->file->path), this, [this](const core::Result<QString>& path) {
        if (!path) {
            m_error->showError(tr("The artifact could not be opened."), path.error());
            return;
        }
        if (!QDesktopServices::openUrl(QUrl::fromLocalFile(*path)))
            m_error->showError(tr("The artifact could not be opened."),
                               {core::ErrorKind::Unavailable, u"no_program"_s, tr("The desktop has no program for this file."), {}, *path},
                               tr("The file is where it was."));
    });
}

void ArtifactsTab::showMenu(const QPoint& place)
{
    const ArtifactWithFile* artifact = current();
    if (!artifact)
        return;
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setToolTipsVisible(true);
    emit menuAsked(menu, m_job, *artifact);
    menu->addSeparator();
    const auto add = [&](const QPushButton* button, void (ArtifactsTab::*what)()) {
        QAction* action = menu->addAction(button->icon(), button->text());
        action->setEnabled(button->isEnabled());
        connect(action, &QAction::triggered, this, what);
    };
    add(m_open, &ArtifactsTab::open);
    add(m_save, &ArtifactsTab::askWhere);
    const QRect row = m_table->visualRect(m_table->currentIndex());
    menu->popup(m_table->viewport()->mapToGlobal(row.contains(place) ? place : row.center()));
}

void ArtifactsTab::askWhere()
{
    const ArtifactWithFile* artifact = current();
    if (!artifact || !artifact->file)
        return;
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::DownloadLocation);
    auto* dialog = new QFileDialog(this, tr("Save the artifact"), folder + u'/' + safeName(nameOf(*artifact)));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setOption(QFileDialog::DontConfirmOverwrite);    // nothing is written over: the copy is refused with a reason
    connect(dialog, &QFileDialog::fileSelected, this, &ArtifactsTab::saveTo);
    dialog->open();
}

void ArtifactsTab::saveTo(const QString& path)
{
    const ArtifactWithFile* artifact = current();
    if (!artifact || !artifact->file || !ui().session.backend())
        return;
    m_error->clear();
    m_save->setEnabled(false);
    core::whenDone(ui().session.backend()->exportFile(artifact->file->path, path), this, [this, path](const core::Result<qint64>& bytes) {
        m_save->setEnabled(true);
        if (bytes)
            emit ui().navigator.toastAsked(tr("Saved %1 to %2").arg(sizeText(*bytes), path));
        else
            m_error->showError(tr("The artifact could not be saved."), bytes.error(), tr("The stored file is intact."));
    });
}

}
