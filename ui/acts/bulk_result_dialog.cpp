// SPDX-License-Identifier: Apache-2.0
#include "ui/acts/bulk_result_dialog.h"

#include "ui/acts/act_dialog.h"
#include "ui/base/compact_table.h"
#include "ui/base/format.h"
#include "ui/base/ink_label.h"
#include "ui/session/closing.h"
#include "ui/theme/icons.h"
#include "ui/window/environment_band.h"

#include <QComboBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QPushButton>
#include <QSaveFile>
#include <QVBoxLayout>

namespace ui {

using namespace Qt::StringLiterals;
using core::tasks::BulkResult;
using core::tasks::BulkRow;

namespace {

constexpr int mostRows = 14;

QPushButton* plainButton(const QString& text, QWidget* parent)
{
    auto* button = new QPushButton(text, parent);
    button->setAutoDefault(false);
    return button;
}

}

BulkResultDialog::BulkResultDialog(const ConnectionProfile& profile, const QString& title, core::tasks::BulkAnswer answer,
                                   const QString& done, QWidget* parent)
    : QDialog(parent),
      m_answer(std::move(answer)),
      m_which(new QComboBox(this)),
      m_place(new QVBoxLayout),
      m_note(new InkLabel(TextRole::Small, InkLabel::Ink::Text2, this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("%1: result").arg(title));
    setMinimumWidth(scaled(760));
    auto* swatch = new QLabel(this);
    swatch->setPixmap(environmentIcon(profile.environment).pixmap(scaled(16)));
    swatch->setAccessibleName(environmentWord(profile.environment));
    auto* first = new QHBoxLayout;
    first->setSpacing(scaled(8));
    first->addWidget(swatch);
    first->addWidget(new InkLabel(title, TextRole::Emphasis, InkLabel::Ink::Text, this));
    first->addWidget(new InkLabel(connectionWords(profile), TextRole::Body, InkLabel::Ink::Text2, this), 1);

    const std::pair<Shown, QString> choices[] = {
        {Shown::All, tr("All that were reached, %1").arg(countText(m_answer.rows.size()))},
        {Shown::NotActed, tr("Not acted on, %1").arg(countText(m_answer.skipped + m_answer.failed))},
        {Shown::Acted, tr("Acted, %1").arg(countText(m_answer.acted))},
        {Shown::Skipped, tr("Skipped, %1").arg(countText(m_answer.skipped))},
        {Shown::Failed, tr("Failed, %1").arg(countText(m_answer.failed))}};
    for (const auto& [shown, words] : choices)
        m_which->addItem(words, static_cast<int>(shown));
    m_which->setAccessibleName(tr("Which rows"));
    auto* summary = new InkLabel(bulkSummary(m_answer, done), TextRole::Title, InkLabel::Ink::Text, this);
    summary->setWordWrap(true);
    auto* second = new QHBoxLayout;
    second->addWidget(summary, 1);
    second->addWidget(m_which);

    auto* csv = plainButton(tr("Export CSV…"), this);
    auto* json = plainButton(tr("Export JSON…"), this);
    auto* closing = plainButton(tr("Close"), this);
    auto* last = new QHBoxLayout;
    last->setSpacing(scaled(8));
    last->addWidget(m_note, 1);
    last->addWidget(csv);
    last->addWidget(json);
    last->addWidget(closing);
    m_note->setWordWrap(true);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(scaled(16), scaled(12), scaled(16), scaled(12));
    column->setSpacing(scaled(12));
    column->addLayout(first);
    column->addLayout(second);
    column->addLayout(m_place, 1);
    column->addLayout(last);

    connect(m_which, &QComboBox::currentIndexChanged, this, [this] { fill(static_cast<Shown>(m_which->currentData().toInt())); });
    connect(csv, &QPushButton::clicked, this, [this] { askToExport(BulkFormat::Csv); });
    connect(json, &QPushButton::clicked, this, [this] { askToExport(BulkFormat::Json); });
    connect(closing, &QPushButton::clicked, this, &QDialog::close);
    // What needs a person first: where all went well, all.
    m_which->setCurrentIndex(m_answer.skipped + m_answer.failed > 0 ? 1 : 0);
    fill(static_cast<Shown>(m_which->currentData().toInt()));
    m_table->setFocus();
}

BulkResultDialog::~BulkResultDialog()
{
    letGo(m_closer.get(), std::move(m_lane));
}

void BulkResultDialog::fill(Shown shown)
{
    const auto belongs = [shown](const BulkRow& row) {
        switch (shown) {
        case Shown::All: return true;
        case Shown::NotActed: return row.result != BulkResult::Acted;
        case Shown::Acted: return row.result == BulkResult::Acted;
        case Shown::Skipped: return row.result == BulkResult::Skipped;
        case Shown::Failed: return row.result == BulkResult::Failed;
        }
        Q_UNREACHABLE();
    };
    m_shown.clear();
    for (qsizetype i = 0; i < m_answer.rows.size(); ++i) {
        if (belongs(m_answer.rows.at(i)))
            m_shown << i;
    }
    delete m_table;
    const auto text = [this](int row, int column) {
        const BulkRow& one = m_answer.rows.at(m_shown.at(row));
        switch (column) {
        case 0: return bulkResultWord(one.result);
        case 1: return one.id;
        case 2: return bulkReason(one);
        default: return one.code;
        }
    };
    auto* model =
        new CompactModel({{tr("Result")}, {tr("Id"), false, true}, {tr("Details"), false, false, true}, {tr("Code"), false, true}},
                         static_cast<int>(m_shown.size()), text, this);
    auto* table = new CompactTable(tr("Result of each"), model, this, mostRows);
    connect(table, &QAbstractItemView::activated, this, [this](const QModelIndex& index) {
        const BulkRow& row = m_answer.rows.at(m_shown.at(index.row()));
        emit rowChosen(row.made.isEmpty() ? row.id : row.made.text);
    });
    m_table = table;
    m_place->addWidget(table, 1);
    if (m_shown.isEmpty())
        m_note->setText(tr("There is no such row."));
    else
        m_note->clear();
}

void BulkResultDialog::askToExport(BulkFormat format)
{
    const QString ending = format == BulkFormat::Csv ? u"csv"_s : u"json"_s;
    auto* dialog = new QFileDialog(this, tr("Export the result"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setFileMode(QFileDialog::AnyFile);
    dialog->setDefaultSuffix(ending);
    dialog->selectFile(u"result."_s + ending);
    connect(dialog, &QFileDialog::fileSelected, this, [this, format](const QString& path) { exportTo(path, format); });
    dialog->open();
}

void BulkResultDialog::exportTo(const QString& path, BulkFormat format)
{
    if (!m_lane)
        m_lane = std::make_shared<core::Lane>();
    m_note->setText(tr("Exporting…"));
    const auto written = m_lane->run([path, format, answer = m_answer]() -> core::Result<bool> {
        QSaveFile file(path);    // complete or not there
        const QByteArray text = bulkAsText(answer, format);
        if (file.open(QIODevice::WriteOnly) && file.write(text) == text.size() && file.commit())
            return true;
        return core::failure(core::ErrorKind::Unavailable, u"export_write_failed"_s, file.errorString());
    });
    core::whenDone(written, this, [this, path](const core::Result<bool>& done) {
        m_note->setText(done ? tr("Exported %1 rows to %2.").arg(countText(m_answer.rows.size()), plainLine(QFileInfo(path).fileName()))
                             : tr("Not exported: %1. Nothing was written.").arg(done.error().message));
        emit exported(done.has_value());
    });
}

}
