// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <QStringList>

namespace ui {

class Preferences;

inline constexpr int filterHistoryLength = 30;

/// The filters last applied on a connection, newest first, each once.
[[nodiscard]] QStringList filterHistory(const Preferences& preferences, const QString& connectionId);
/// An empty filter is not kept.
void addToFilterHistory(Preferences& preferences, const QString& connectionId, const QString& filter);
/// For people who rather leave no traces.
void clearFilterHistory(Preferences& preferences, const QString& connectionId);

}
