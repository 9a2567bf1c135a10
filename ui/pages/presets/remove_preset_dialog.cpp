// SPDX-License-Identifier: Apache-2.0
#include "ui/pages/presets/remove_preset_dialog.h"

#include "ui/base/format.h"
#include "ui/base/ink_label.h"
#include "ui/session/store_session.h"

#include <QVBoxLayout>

namespace ui {

RemovePresetDialog::RemovePresetDialog(StoreSession& session, const core::captions::Preset& preset, QWidget* parent)
    : ActDialog(session.profile(), tr("Delete caption preset"), parent, Reason::NotAsked), m_session(session), m_id(preset.id)
{
    setScope(plainLine(preset.name), tr("will be deleted from this store."), false);
    auto* says =
        new InkLabel(tr("A captions job that names it and has not begun will fail; captions that are made already stay. The journal "
                        "keeps the preset: Undo there brings it back under the same id."),
                     TextRole::Body, InkLabel::Ink::Text2, this);
    says->setWordWrap(true);
    body()->addWidget(says);
    setTargets(1);
    const QString name = plainLine(preset.name);
    setAct(tr("Delete \"%1\"").arg(QString(name.size() > 40 ? name.left(39) + u'\u2026' : name).replace(u'&', QStringLiteral("&&"))));
    connect(this, &ActDialog::actAsked, this, &RemovePresetDialog::act);
}

void RemovePresetDialog::act()
{
    setBusy(true);
    core::whenDone(m_session.backend()->removePreset(m_session.caller(), m_id), this, [this](const core::Result<bool>& result) {
        if (!result)
            return showError(tr("The preset was not deleted."), result.error(), tr("The store is as it was."));
        emit removed();
        close();
    });
}

}
