// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace ui {

class MainWindow;

/// Every act of the window that has a key, in a table that can be searched by eye and read by a screen reader.
class ShortcutSheet {
public:
    static void open(MainWindow& window);
};

}
