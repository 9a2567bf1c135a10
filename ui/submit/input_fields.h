// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/jobs/models.h"

#include <QByteArray>
#include <QStringList>

namespace ui {

enum class FieldKind { Text, StorageKey, Whole, Number, YesNo, Word, Times, Segments, Captions };

/// One field of a job's input, as a person fills it in. All of it but the label comes from the type's JSON Schema.
struct InputField {
    QString pointer;    ///< "/noise_db", "/style/font"
    QString group;      ///< the title of the struct it is in; empty for the payload's own
    FieldKind kind = FieldKind::Text;
    QString label;
    QString help;
    QString unit;     ///< "ms"; may be empty
    QString range;    ///< "1 to 10,000"; may be empty
    bool isRequired = false;
    QByteArray fallback;    ///< the default as JSON; empty: there is none
    QStringList words;      ///< of a Word
    bool operator==(const InputField&) const = default;
};

/// In the order of the schema; nothing for JobType::Unknown.
[[nodiscard]] QList<InputField> inputFields(core::JobType type);
/// A new document of that type: its required keys, with nothing or the first word in them.
[[nodiscard]] QByteArray emptyInput(core::JobType type);

}
