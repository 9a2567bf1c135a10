// SPDX-License-Identifier: Apache-2.0
#include "core/backend/direct_backend_state.h"
#include "core/backend/masking.h"
#include "core/backend/scenario_play.h"
#include "core/scenarios/play.h"
#include "core/scenarios/stored_scenario.h"

namespace core::backend {

Result<scenarios::Run> playScenario(const scenarios::Scenario& scenario, const tasks::ActControl& control)
{
    return masked(scenarios::play(scenario, control));
}

Pending<scenarios::Scenario> DirectBackend::scenarioOf(const JobId& id, const CancelToken& cancel)
{
    const CancelToken token = cancel.joinedWith(m_state->closing.token());
    return m_state->histories->run([=, state = m_state.get()](Session& session) {
        return masked(scenarios::storedScenario(*session.database, state->settings.storage, id, token));
    });
}

Pending<scenarios::Run> DirectBackend::playScenario(const scenarios::Scenario& scenario, const tasks::ActControl& control)
{
    return m_state->scratch.run([scenario, control = m_state->untilClosing(control)] { return backend::playScenario(scenario, control); });
}

}
