// SPDX-License-Identifier: Apache-2.0
#include "core/base/ids.h"

#include <QRandomGenerator>

#include <array>
#include <chrono>
#include <mutex>

#include <sys/random.h>

namespace core::base {
namespace {

struct Ticket {
    quint64 unixMs = 0;
    quint16 counter = 0;    // 12 bits, rand_a of RFC 9562 used as a counter (method 1)
    quint64 random = 0;
};

/// The kernel's random numbers, fetched many at a time. Qt's generator asks the processor for each (RDRAND), which under
/// virtualisation can take microseconds: more than all the rest of an insert's C++.
class RandomStock {
public:
    quint64 take()
    {
        if (m_left == 0) {
            if (::getentropy(m_numbers.data(), sizeof m_numbers) != 0)    // a kernel without it
                QRandomGenerator::system()->fillRange(m_numbers.data(), static_cast<qsizetype>(m_numbers.size()));
            m_left = m_numbers.size();
        }
        return m_numbers[--m_left];
    }

private:
    std::array<quint64, 32> m_numbers{};    // as much as getentropy() gives at once
    size_t m_left = 0;
};

Ticket nextTicket()
{
    static std::mutex mutex;
    static Ticket last;
    static RandomStock stock;
    const auto sinceEpoch = std::chrono::system_clock::now().time_since_epoch();
    const auto nowMs = static_cast<quint64>(std::chrono::duration_cast<std::chrono::milliseconds>(sinceEpoch).count());
    const std::scoped_lock lock(mutex);
    if (nowMs > last.unixMs) {
        // Start in the lower half, so that a burst within one millisecond has room to count.
        last = {nowMs, static_cast<quint16>(stock.take() & 0x7ffU), 0};
    } else if (++last.counter > 0xfffU) {
        last = {last.unixMs + 1, 0, 0};    // borrow the next millisecond rather than repeat or go back
    }
    last.random = stock.take();
    return last;
}

}

QString newUuidV7()
{
    const Ticket ticket = nextTicket();
    const quint64 high = (ticket.unixMs << 16) | 0x7000U | ticket.counter;
    const quint64 low = (ticket.random & 0x3fffffffffffffffULL) | 0x8000000000000000ULL;

    static constexpr char digits[] = "0123456789abcdef";
    std::array<char, 36> text{};
    size_t at = 0;
    for (int nibble = 0; nibble < 32; ++nibble) {
        if (nibble == 8 || nibble == 12 || nibble == 16 || nibble == 20)
            text[at++] = '-';
        const quint64 half = nibble < 16 ? high : low;
        text[at++] = digits[(half >> (60 - 4 * (nibble % 16))) & 0xfU];
    }
    return QString::fromLatin1(text.data(), text.size());
}

}
