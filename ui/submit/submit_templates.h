// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/jobs/models.h"

#include <QByteArray>
#include <QList>
#include <QString>

namespace ui {

class Preferences;

/// A filled form that a person keeps by name.
struct SubmitTemplate {
    QString name;
    core::JobType type = core::JobType::Unknown;
    QByteArray input;    ///< JSON as it was in the form, spellings and all, but for what names a secret
    bool operator==(const SubmitTemplate&) const = default;
};

/// Of one connection, by name.
[[nodiscard]] QList<SubmitTemplate> submitTemplates(const Preferences& preferences, const QString& connectionId);
/// Takes the place of one of the same name. The preferences are a plain file: what stands under a key that names a secret is masked.
/// Answers whether anything was.
bool saveSubmitTemplate(Preferences& preferences, const QString& connectionId, const SubmitTemplate& added);
void removeSubmitTemplate(Preferences& preferences, const QString& connectionId, const QString& name);

}
