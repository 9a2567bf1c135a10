// SPDX-License-Identifier: Apache-2.0
#include "ui/submit/submit_dialog.h"

#include "core/base/json_spelling.h"
#include "ui/base/format.h"
#include "ui/base/ink_label.h"
#include "ui/base/record_table.h"
#include "ui/session/closing.h"
#include "ui/session/navigator.h"
#include "ui/session/store_session.h"
#include "ui/submit/field_editor.h"
#include "ui/submit/file_look.h"
#include "ui/submit/input_editor.h"
#include "ui/submit/input_fields.h"
#include "ui/submit/input_form.h"
#include "ui/submit/reuse_box.h"
#include "ui/submit/template_bar.h"
#include "ui/submit/workbench_size.h"

#include <QComboBox>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QMimeData>
#include <QSignalBlocker>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {

using namespace Qt::StringLiterals;
using core::JobType;
using core::tasks::SubmitAnswer;

namespace {

const QString filePath = u"/file_path"_s;

/// Without a look at the files: what is dragged over a window may lie on a disk that does not answer.
bool offersFiles(const QMimeData* data)
{
    const auto urls = data->urls();
    return std::any_of(urls.begin(), urls.end(), [](const QUrl& url) { return url.isLocalFile(); });
}

}

SubmitDialog::SubmitDialog(const UiContext& context, const SubmitDraft& draft, QWidget* parent)
    : ActDialog(context.session.profile(), tr("Submit"), parent, Reason::NotAsked),
      m_context(context),
      m_closer(context.session.closer()),
      m_type(new QComboBox(this)),
      m_templates(new TemplateBar(context, this)),
      m_fileList(new RecordTable(
          tr("Files"), new RecordModel({{tr("File"), false, false, true}, {tr("Size"), true}, {tr("Folder"), false, true}}, this), this)),
      m_editor(new InputEditor(draft.type, draft.input.isEmpty() ? emptyInput(draft.type) : draft.input, this)),
      m_owner(new QLineEdit(this)),
      m_project(new QLineEdit(this)),
      m_reuse(new ReuseBox(context.session, this))
{
    sizeAsWorkbench(*this);
    setAcceptDrops(true);
    layOut();
    connect(m_type, &QComboBox::activated, this, [this](int index) { chooseType(static_cast<JobType>(m_type->itemData(index).toInt())); });
    connect(m_templates, &TemplateBar::chosen, this, [this](const SubmitTemplate& chosen) {
        m_editor->document().reset(chosen.type, chosen.input);
        m_editor->form().focusFirst();
    });
    connect(m_templates, &TemplateBar::nameGiven, this, [this](const QString& name) {
        m_templates->save({name, m_editor->document().type(), m_editor->document().bytes()});
    });
    connect(&m_editor->form(), &InputForm::fileAsked, this, &SubmitDialog::chooseFiles);
    connect(m_reuse, &ReuseBox::jobAsked, this, [this](const core::JobId& id) {
        emit jobAsked(id);
        close();
    });
    connect(m_reuse, &ReuseBox::refused, this,
            [this](const core::Error& error) { m_editor->form().showRefusal(error.field, error.message); });
    const auto renew = [this] {
        m_isMade = false;
        refresh();
    };
    connect(&m_editor->document(), &InputDocument::changed, this, renew);
    connect(m_owner, &QLineEdit::textChanged, this, renew);
    connect(m_project, &QLineEdit::textChanged, this, renew);
    connect(&context.session, &StoreSession::stateChanged, this, &SubmitDialog::refresh);
    connect(this, &ActDialog::actAsked, this, &SubmitDialog::act);
    refresh();
    takeFiles(draft.files);
    m_editor->form().focusFirst();
}

/// A disk that does not answer must not hold the window up as the dialog goes.
SubmitDialog::~SubmitDialog()
{
    letGo(m_closer.get(), std::move(m_looks));
}

void SubmitDialog::layOut()
{
    const auto types = core::jobs::allJobTypes();
    for (const JobType type : types)
        m_type->addItem(typeTitle(type, core::jobs::jobTypeName(type)), static_cast<int>(type));
    m_owner->setObjectName(u"owner"_s);
    m_type->setAccessibleName(tr("Type of the job"));
    m_type->setMinimumWidth(scaled(200));
    auto* label = new InkLabel(tr("Type"), TextRole::Body, InkLabel::Ink::Text2, this);
    label->setFixedWidth(scaled(136));
    label->setBuddy(m_type);
    auto* first = new QHBoxLayout;
    first->setSpacing(scaled(12));
    first->addWidget(label);
    first->addWidget(m_type);
    first->addStretch(1);
    first->addWidget(m_templates);
    m_fileList->setMostRows(5);
    m_fileList->hide();
    body()->addLayout(first);
    body()->addWidget(m_fileList);
    body()->addWidget(m_editor, 1);
    body()->addWidget(makeOwnerLine());
    body()->addWidget(m_reuse);
}

QWidget* SubmitDialog::makeOwnerLine()
{
    auto* line = new QWidget(this);
    auto* row = new QHBoxLayout(line);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(scaled(12));
    const auto add = [&](const QString& name, QLineEdit* field, const QString& help) {
        auto* label = new InkLabel(name, TextRole::Body, InkLabel::Ink::Text2, line);
        label->setBuddy(field);
        if (row->isEmpty())
            label->setFixedWidth(scaled(136));
        field->setAccessibleName(name);
        field->setToolTip(help);
        field->setPlaceholderText(tr("nobody's"));
        field->setAcceptDrops(false);
        field->setFixedWidth(scaled(200));
        row->addWidget(label);
        row->addWidget(field);
    };
    add(tr("Owner"), m_owner, tr("Who the job is for. Two owners never share a job."));
    add(tr("Project"), m_project, tr("What the job belongs to; it makes no difference to whether it is new."));
    m_project->setPlaceholderText(tr("none"));
    row->addStretch(1);
    return line;
}

core::tasks::SubmitRequest SubmitDialog::request() const
{
    const InputDocument& document = m_editor->document();
    return {document.type(), document.bytes(), m_owner->text().trimmed(), m_project->text().trimmed(), {}, m_reuse->isForced()};
}

void SubmitDialog::chooseType(JobType type)
{
    InputDocument& document = m_editor->document();
    if (type == document.type())
        return;
    const auto& json = document.json();
    const auto file = json ? json->find(filePath) : std::nullopt;
    const QByteArray key = file ? file->raw().toByteArray() : QByteArray();    // the file stays, whatever is done with it
    document.reset(type, emptyInput(type));
    if (!key.isEmpty())
        document.setValue(filePath, key);
    m_templates->forgetChoice();
}

void SubmitDialog::chooseFiles()
{
    auto* dialog = new QFileDialog(this, tr("Choose media files"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    connect(dialog, &QFileDialog::filesSelected, this, &SubmitDialog::takeFiles);
    dialog->open();
}

void SubmitDialog::takeFiles(const QStringList& paths)
{
    if (paths.isEmpty())
        return;
    m_files.clear();
    m_sizes.clear();
    m_isMade = false;
    if (paths.size() == 1) {
        copyIn(paths.constFirst());
    } else {
        m_files = paths;
        m_copying.clear();
        m_editor->document().setValue(filePath, "\"\""_ba);    // each job's is its own
        lookAtFiles();
    }
    listFiles();
    refresh();
}

void SubmitDialog::copyIn(const QString& path)
{
    auto* backend = m_context.session.backend();
    if (!backend)
        return;
    m_copying = path;
    core::whenDone(backend->importFile(m_context.session.caller(), path), this, [this, path](const core::Result<QString>& key) {
        if (path != m_copying)
            return;    // another was chosen meanwhile
        m_copying.clear();
        listFiles();
        if (key)
            m_editor->document().setValue(filePath, core::base::encodeJsonString(*key));
        else
            showError(tr("%1 was not copied into the storage.").arg(plainLine(QFileInfo(path).fileName())), key.error(),
                      tr("No job was made."));
        refresh();
    });
}

void SubmitDialog::lookAtFiles()
{
    if (!m_looks)
        m_looks = std::make_shared<core::Lane>();
    core::whenDone(lookAt(*m_looks, m_files), this, [this, asked = m_files](const core::Result<QList<LocalFile>>& found) {
        if (asked != m_files || !found)
            return;    // others were chosen meanwhile
        QStringList files;
        for (const LocalFile& file : *found) {
            m_sizes.insert(file.path, file.size);
            if (!file.isFolder)
                files << file.path;
        }
        if (files.size() == 1)
            return takeFiles(files);
        m_files = files;
        listFiles();
        refresh();
    });
}

void SubmitDialog::listFiles()
{
    QList<Record> records;
    for (const QString& path : std::as_const(m_files)) {
        const QFileInfo file(path);    // its names only: that asks no disk
        const QString size = m_sizes.contains(path) ? sizeText(m_sizes.value(path)) : tr("not looked at yet");
        records << Record{path, {file.fileName(), size, file.path()}, {}, {}, -1, {}};
    }
    m_fileList->records()->setRecords(records);
    m_fileList->setVisible(isMany());
    m_fileList->updateGeometry();
    if (FieldEditor* field = m_editor->form().editor(filePath))
        field->setInstead(isMany()              ? tr("each of the %1 files above").arg(m_files.size())
                          : m_copying.isEmpty() ? QString()
                                                : tr("Copying %1…").arg(plainLine(QFileInfo(m_copying).fileName())));
}

void SubmitDialog::refresh()
{
    const InputDocument& document = m_editor->document();
    m_type->setCurrentIndex(m_type->findData(static_cast<int>(document.type())));
    const auto capabilities = m_context.session.capabilities();
    if (isMany() || !m_copying.isEmpty())
        listFiles();    // the form may be another type's
    QString missing = m_editor->whatIsMissing(isMany() ? filePath : QString());
    if (!capabilities.canWrite)
        missing = capabilities.whyReadOnly;
    else if (!m_context.session.isOpen())
        missing = tr("The store does not answer.");
    else if (!m_copying.isEmpty())
        missing = tr("The file is being copied.");
    const QString count = m_files.isEmpty() ? tr("1 job") : tr("%1 jobs").arg(countText(m_files.size()));
    setScope(count, isMany() ? tr("one for each file, alike in everything else") : typeTitle(document.type(), {}), false);
    setTargets(isMany() ? m_files.size() : 1);
    setAct(isMany() ? tr("Submit %1 jobs").arg(countText(m_files.size())) : tr("Submit 1 job"),
           m_isMade ? tr("It is made. Change something to submit another.") : missing);
    if (m_isMade)
        return;
    if (!missing.isEmpty())
        m_reuse->rest();    // why stands beside the act
    else if (isMany())
        m_reuse->rest(tr("Each file is looked at when its turn comes"),
                      tr("Where an active job does the same, that one is given back; the task in the status bar counts them."));
    else
        m_reuse->ask(request());
}

void SubmitDialog::act()
{
    if (isMany()) {
        emit manyAsked({request(), m_files});
        close();
        return;
    }
    setBusy(true);
    m_editor->setEnabled(false);
    core::whenDone(m_context.session.backend()->submit(m_context.session.caller(), request()), this,
                   [this](const core::Result<SubmitAnswer>& answer) { takeAnswer(answer); });
}

void SubmitDialog::takeAnswer(const core::Result<SubmitAnswer>& answer)
{
    m_editor->setEnabled(true);
    if (!answer) {
        showError(tr("The job was not made."), answer.error(), tr("Nothing was changed; the form is as you filled it in."));
        m_editor->form().showRefusal(answer.error().field, answer.error().message);
        return;
    }
    setBusy(false);
    m_isMade = true;
    m_reuse->showAnswer(*answer);
    refresh();
    emit submitted(*answer);
}

void SubmitDialog::dragEnterEvent(QDragEnterEvent* event)
{
    if (offersFiles(event->mimeData()) && m_context.session.capabilities().canWrite)
        event->acceptProposedAction();
}

void SubmitDialog::dropEvent(QDropEvent* event)
{
    event->acceptProposedAction();
    takeFiles(localPaths(event->mimeData()->urls()));
}

}
