// SPDX-License-Identifier: Apache-2.0
#include "core/base/json_text.h"
#include "tests/bench/json_floor.h"
#include "tests/bench/rows.h"

namespace bench {

using namespace Qt::StringLiterals;
using namespace core;

QList<Figure> jsonIndex(const Options& options)
{
    const QByteArray text = bigDocument();
    const double megabytes = static_cast<double>(text.size()) / 1e6;
    qsizetype indexBytes = 0;
    const auto ours = [&] {
        return rateOf(1, [&] { indexBytes = must(JsonText::parse(text, {.maxBytes = qsizetype{1} << 29})).indexBytes(); }) * megabytes;
    };
    Figure figure;
    if (OnDemand::isThere()) {
        OnDemand peer(text);
        figure = compare(u"json-index"_s, u"MB/s"_s, Goal{0.8}, options.rounds, ours,
                         [&] { return rateOf(1, [&] { peer.walk(); }) * megabytes; });
        figure.note = u"JsonText::parse of 100 MB; floor: simdjson On-Demand, every value read; "_s;
    } else {
        std::vector<double> rates;
        for (int round = 0; round < options.rounds; ++round)
            rates.push_back(ours());
        figure.name = u"json-index"_s;
        figure.unit = u"MB/s"_s;
        figure.product = median(rates);
        figure.note = u"JsonText::parse of 100 MB; no floor: built without simdjson (libsimdjson-dev); "_s;
    }
    figure.note += u"the index takes %1 x the file"_s.arg(static_cast<double>(indexBytes) / static_cast<double>(text.size()), 0, 'f', 2);
    return {figure};
}

}
