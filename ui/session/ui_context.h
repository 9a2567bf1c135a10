// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace ui {

class StoreSession;
class Preferences;
class Navigator;

/// What the parts of a window share. All three outlive every widget of the window.
struct UiContext {
    StoreSession& session;
    Preferences& preferences;
    Navigator& navigator;
};

}
