// SPDX-License-Identifier: Apache-2.0
#include "core/backend/long_reads.h"

namespace core::backend {

void ReadHandle::giveUp() const
{
    // under the lock: once end() has returned, another read of that connection may run, which nobody gave up
    const std::scoped_lock lock(m_state->mutex);
    m_state->isGivenUp = true;
    if (m_state->interrupt)
        m_state->interrupt();
}

bool ReadHandle::begin(std::function<void()> interrupt) const
{
    const std::scoped_lock lock(m_state->mutex);
    if (!m_state->isGivenUp)
        m_state->interrupt = std::move(interrupt);
    return !m_state->isGivenUp;
}

void ReadHandle::end() const
{
    const std::scoped_lock lock(m_state->mutex);
    m_state->interrupt = nullptr;
}

LongReads& longReads(Backend& backend)
{
    return dynamic_cast<LongReads&>(backend);
}

}
