// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace ui {

class Preferences;

/// What a desktop notification may be about; each can be switched off.
enum class NoticeKind { Done, Failed, Cancelled, Tasks };

[[nodiscard]] bool wantsNotices(const Preferences& preferences, NoticeKind kind);
void setWantsNotices(Preferences& preferences, NoticeKind kind, bool wants);

}
