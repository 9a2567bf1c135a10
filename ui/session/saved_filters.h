// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QList>
#include <QString>

namespace ui {

class Preferences;

/// A filter a person keeps by name.
struct SavedFilter {
    QString name;
    QString filter;
    bool operator==(const SavedFilter&) const = default;
};

/// The saved filters of one connection, in the order they were saved. A connection that has none yet starts with three useful ones.
[[nodiscard]] QList<SavedFilter> savedFilters(const Preferences& preferences, const QString& connectionId);
void storeSavedFilters(Preferences& preferences, const QString& connectionId, const QList<SavedFilter>& filters);

}
