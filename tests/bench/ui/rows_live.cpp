// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/ui/rows.h"

namespace bench {

using namespace Qt::StringLiterals;

QList<Figure> liveRows(const UiOptions& options)
{
    QList<Report> rounds;
    std::vector<double> shares, latencies, open, closed;
    Report all;
    for (int round = 0; round < options.rounds; ++round) {
        rounds.append(runTrial(u"live"_s));
        all.merge(rounds.constLast());
        shares.push_back(rounds.constLast().median(u"gui-share"_s));
        latencies.push_back(rounds.constLast().part(u"latency"_s, 0.99));
        open.push_back(runTrial(u"webhooks-open"_s).median(u"rate"_s));
        closed.push_back(runTrial(u"webhooks-closed"_s).median(u"rate"_s));
    }
    Figure share = againstLimit(u"live-gui-share"_s, u"%"_s, shares, 5);
    share.note =
        u"the GUI thread's processor time, of one core; %1 changes and %2 frames a second, %3 rows on the screen; the whole process %4 %"_s
            .arg(all.median(u"changes"_s), 0, 'f', 0)
            .arg(all.median(u"frames"_s), 0, 'f', 1)
            .arg(all.median(u"rows-shown"_s), 0, 'f', 0)
            .arg(all.median(u"process-share"_s), 0, 'f', 0);
    Figure latency = againstLimit(u"live-change-to-paint-p99"_s, u"ms"_s, latencies, 2 * frameMs);
    latency.note =
        u"committed to painted; p50 %1 ms; floor: two frames; changes that no frame showed: %2"_s.arg(all.median(u"latency"_s), 0, 'f', 1)
            .arg(all.highest(u"never-painted"_s), 0, 'f', 0);
    Figure rate = figureOf(u"live-webhook-rate"_s, u"/s"_s, Goal{0.98, Better::Higher}, open, closed);
    rate.note = u"32 in flight, beside an open console; floor: the same without one"_s;
    return {share, latency, rate, stallFigure(u"stall-live"_s, rounds, {})};
}

}
