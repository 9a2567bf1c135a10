// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/connections/connection_store.h"
#include "ui/console/console.h"
#include "ui/console/log_buffer.h"
#include "ui/session/preferences.h"

#include <QTemporaryDir>

namespace ui {
class JobsModel;
class JobsView;
class MainWindow;
class TimeGutter;
}

namespace bench {

/// The console as the program builds it, with a configuration of its own, on one store.
class ConsoleOnTrial {
public:
    /// `workers`: embedded worker threads.
    ConsoleOnTrial(const QString& store, int workers);

    [[nodiscard]] ui::MainWindow& window() const { return *m_window; }
    [[nodiscard]] ui::JobsView& view() const;
    [[nodiscard]] ui::JobsModel& rows() const;
    [[nodiscard]] ui::TimeGutter& gutter() const;

private:
    QTemporaryDir m_folder;
    ui::Preferences m_preferences;
    ui::LogBuffer m_log;
    ui::ConnectionStore m_connections;
    ui::Console m_console;
    ui::MainWindow* m_window;
};

}
