// SPDX-License-Identifier: Apache-2.0
#include "app/signalboxctl/keyring_password.h"

#include "app/signalboxctl/known_connections.h"
#include "app/signalboxctl/visible_text.h"
#include "core/base/session_bus.h"
#include "core/keyring/keyring.h"

#include <QCoreApplication>
#include <QTimer>

namespace app {

using core::ErrorKind;
using core::failure;
using core::Result;
using namespace Qt::StringLiterals;

namespace {

constexpr std::chrono::seconds longest{10};
constexpr std::chrono::seconds untilTold{1};

/// Asks for one connection's secret after the other until one has it; leaves the event loop then.
class Question final : public QObject {
public:
    explicit Question(QList<KnownConnection> connections) : m_connections(std::move(connections)) {}

    void askNext()
    {
        if (m_connections.isEmpty())
            return end({});
        const QString id = m_connections.takeFirst().id;
        core::whenDone(core::keyring::readSecret(core::keyring::ownService, id, this), this,
                       [this](const Result<std::optional<QString>>& secret) {
                           if (!secret)
                               end(core::errorOf(secret));
                           else if (secret->value_or(QString()).isEmpty())
                               askNext();
                           else
                               end(**secret);
                       });
    }
    void end(Result<QString> answer)
    {
        m_answer = std::move(answer);
        QCoreApplication::quit();
    }
    [[nodiscard]] const Result<QString>& answer() const { return m_answer; }

private:
    QList<KnownConnection> m_connections;
    Result<QString> m_answer;
};

}

Result<QString> keyringPassword(const QString& store, Output& output)
{
    QList<KnownConnection> connections = knownConnections(store);
    connections.removeIf([](const KnownConnection& each) { return !each.isSameLogin; });
    if (connections.isEmpty() || !core::base::hasSessionBus())
        return QString();
    Question question(connections);
    QTimer::singleShot(untilTold, &question, [&] {
        output.note(u"The desktop's keyring is asked for the password of %1; it may want to be unlocked."_s.arg(
            visible(connections.constFirst().name)));
    });
    QTimer::singleShot(longest, &question, [&question] {
        question.end(failure(ErrorKind::Unavailable, u"secret_unreadable"_s, u"The desktop's keyring does not answer"_s));
    });
    question.askNext();
    QCoreApplication::exec();
    return question.answer();
}

}
