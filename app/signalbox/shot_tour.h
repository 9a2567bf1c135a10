// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/session/connection_profile.h"
#include "ui/session/navigator.h"

#include <QObject>
#include <QTimer>

#include <functional>

namespace ui {
class Console;
class MainWindow;
class Preferences;
}

namespace signalbox {

/// Goes through the main pages of a console on one store and saves a picture of each in both themes.
class ShotTour final : public QObject {
    Q_OBJECT

public:
    ShotTour(ui::Console& console, ui::Preferences& preferences, ui::ConnectionProfile profile, QString folder);
    void begin();

signals:
    void finished(bool all);

private:
    struct Stop {
        QString name;
        std::function<void(ui::MainWindow&)> go;
    };
    void plan();
    void planJob(const QString& name, const QString& filter, ui::InspectorTab tab, bool maximised = false);
    void next();
    void leaveOut();
    void shoot();

    ui::Console& m_console;
    ui::Preferences& m_preferences;
    ui::ConnectionProfile m_profile;
    QString m_folder;
    ui::MainWindow* m_window = nullptr;
    QList<Stop> m_stops;
    qsizetype m_at = -1;
    bool m_dark = false;
    bool m_all = true;
    QTimer m_settle;
};

}
