// SPDX-License-Identifier: Apache-2.0
#include "core/media/progress.h"

#include <QByteArray>

#include <algorithm>

namespace core::media {

void ProgressMeter::set(double fraction)
{
    const double scaled = m_from + (m_to - m_from) * std::clamp(fraction, 0.0, 0.999);
    if (scaled <= m_last)
        return;
    m_last = scaled;
    if (m_report)
        m_report(scaled);
}

void ProgressMeter::finish()
{
    if (m_to <= m_last)
        return;
    m_last = m_to;
    if (m_report)
        m_report(m_to);
}

void ProgressReader::line(QByteArrayView line)
{
    constexpr QByteArrayView key = "out_time_us=";
    if (!line.startsWith(key))
        return;
    bool ok = false;
    const qint64 micros = line.sliced(key.size()).trimmed().toByteArray().toLongLong(&ok);
    if (!ok || micros < 0)    // "N/A", or before the first frame
        return;
    m_outTime = std::chrono::microseconds(micros);
    if (m_planned.count() > 0)
        m_meter.set(double(micros) / double(m_planned.count()));
}

}
