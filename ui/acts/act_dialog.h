// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/error.h"
#include "ui/session/connection_profile.h"

#include <QDialog>

class QHBoxLayout;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace ui {

class ErrorBar;
class InkLabel;

/// "PRODUCTION · media-prod"; of an embedded store only its name.
[[nodiscard]] QString connectionWords(const ConnectionProfile& profile);

/// The look of every dialog that changes something: swatch and connection first, what it is about with its exact count, the act's own
/// part, the reason, and at the right Close, secondary acts, the act. Enter never runs the act; Esc closes. On a production store an
/// act on more than one is confirmed by typing the connection's name and the number. Opened with open(); goes when it is closed.
class ActDialog : public QDialog {
    Q_OBJECT

public:
    /// What the journal says of the act: with a person's reason, or none because the act says all (a submit, a preset, an undo).
    enum class Reason { Asked, NotAsked };

    ActDialog(const ConnectionProfile& profile, const QString& title, QWidget* parent, Reason reason = Reason::Asked);

    /// "1,131 jobs", and beside it what they are. `isFrozen` says that nothing joins them any more.
    void setScope(const QString& count, const QString& what, bool isFrozen);
    /// How many it would change: over one it takes a reason where one is asked, and on production the confirmation. 0 turns the act off.
    void setTargets(qint64 count);
    /// Verb and number, "Cancel 1,131 jobs"; `why` it is off, in the words beside it, or nothing.
    void setAct(const QString& text, const QString& why = {});
    /// While it waits for an answer everything but Close is off.
    void setBusy(bool busy);
    void showError(const QString& what, const core::Error& error, const QString& intact);
    /// The scope could not be frozen; the act stays off.
    void showNotCounted(const core::Error& error);
    /// What the act shows of itself goes in here, between scope and reason.
    [[nodiscard]] QVBoxLayout* body() const { return m_body; }
    /// A button between Close and the act.
    QPushButton* addSecondary(const QString& text);
    [[nodiscard]] QString reason() const;

signals:
    /// The act's button was pressed, and everything it needs is there.
    void actAsked();

protected:
    /// On some desktops Enter presses the button in focus: not here.
    bool eventFilter(QObject* watched, QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QPushButton* makeButton(const QString& text);
    [[nodiscard]] QWidget* makeTitleLine(const QString& title);
    [[nodiscard]] QString typedWanted() const;
    void refresh();

    ConnectionProfile m_profile;
    Reason m_reasonKind;
    qint64 m_targets = 0;
    bool m_busy = false;
    bool m_isTyped = false;    // the confirmation is asked for
    QString m_why;
    InkLabel* m_count;
    InkLabel* m_what;
    InkLabel* m_frozen;
    ErrorBar* m_error;
    QVBoxLayout* m_body;
    InkLabel* m_reasonNote;
    QLineEdit* m_reason;    // hidden where none is asked
    InkLabel* m_typedNote;
    QLineEdit* m_typed;
    InkLabel* m_whyOff;
    QPushButton* m_close;
    QPushButton* m_act;
    QList<QPushButton*> m_secondary;
    QHBoxLayout* m_buttons;
};

}
