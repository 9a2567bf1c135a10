// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "app/signalboxctl/output.h"

namespace app {

/// The password that the console keeps in the desktop's keyring for this store on a server. Empty if it keeps none, and at once where it knows no
/// such connection or there is no desktop session. Unavailable secret_unreadable if there is a keyring that does not say, in 10 s: as long as a
/// person may need to unlock it. Runs the program's event loop meanwhile: only where none runs, and nothing else is under way.
[[nodiscard]] core::Result<QString> keyringPassword(const QString& store, Output& output);

}
