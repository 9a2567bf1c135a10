// SPDX-License-Identifier: Apache-2.0
// Scenarios as files, from the dialog.
#include "core/scenarios/expectations.h"
#include "core/scenarios/scenario_file.h"
#include "ui/base/error_bar.h"
#include "ui/base/format.h"
#include "ui/base/ink_label.h"
#include "ui/stepping/step_controls.h"
#include "ui/stepping/stepping_dialog.h"
#include "ui/stepping/steps_model.h"

#include <QFileDialog>
#include <QFileInfo>

namespace ui {

using namespace Qt::StringLiterals;
using core::scenarios::Scenario;

void SteppingDialog::askToSave()
{
    auto* dialog = new QFileDialog(this, tr("Save scenario"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setFileMode(QFileDialog::AnyFile);
    dialog->setDefaultSuffix(u"json"_s);
    dialog->selectFile(u"scenario.json"_s);
    connect(dialog, &QFileDialog::fileSelected, this, &SteppingDialog::saveTo);
    dialog->open();
}

void SteppingDialog::askToOpen()
{
    auto* dialog = new QFileDialog(this, tr("Open scenario"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Scenarios (*.json)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, this, &SteppingDialog::loadFile);
    dialog->open();
}

void SteppingDialog::loadFile(const QString& path)
{
    begin(tr("Reading the file"));
    core::whenDone(m_files.run([path] { return core::scenarios::readScenario(path); }), this,
                   [this, path, round = m_round](const core::Result<Scenario>& scenario) {
                       if (!end(round))
                           return;
                       if (!scenario)
                           return fail(tr("The scenario could not be opened."), scenario.error());
                       m_path = path;
                       m_title->setText(tr("Step through %1").arg(plainLine(QFileInfo(path).fileName())));
                       play(*scenario, {}, 0);
                   });
}

void SteppingDialog::saveTo(const QString& path)
{
    const Scenario saved = core::scenarios::expecting(scenario(), m_model->run());
    begin(tr("Saving"));
    // the file dialog has asked about one that is there
    core::whenDone(m_files.run([path, saved]() -> core::Result<bool> {
        return core::scenarios::writeScenario(path, saved, core::scenarios::IfThere::Replace).map([] { return true; });
    }),
                   this, [this, path, saved, round = m_round](const core::Result<bool>& written) {
                       if (!end(round))
                           return;
                       if (!written)
                           return fail(tr("The scenario was not saved."), written.error());
                       takeRun(saved, m_model->run(), m_controls->position());
                       m_sentence->setText(tr("Saved as %1 with what each step came to.").arg(plainLine(path)));
                   });
}

}
