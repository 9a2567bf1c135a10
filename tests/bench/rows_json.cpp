// SPDX-License-Identifier: Apache-2.0
#include "core/base/json_text.h"
#include "tests/bench/rows.h"

#ifdef BENCH_WITH_SIMDJSON
#include <simdjson.h>
#endif

namespace bench {

using namespace Qt::StringLiterals;
using namespace core;

namespace {

constexpr qsizetype documentBytes = 100'000'000;

/// A transcript as the payload inspector meets it: segments of words.
QByteArray bigDocument()
{
    QByteArray text;
    text.reserve(documentBytes + 4096);
    text += R"({"engine":"pocketsphinx","language":"en","segments":[)";
    for (qint64 i = 0; text.size() < documentBytes; ++i) {
        const QByteArray start = QByteArray::number(i * 1500);
        text += i == 0 ? "" : ",";
        text += R"({"start_ms":)" + start + R"(,"end_ms":)" + QByteArray::number(i * 1500 + 1200) +
                R"(,"text":"the quick brown fox \"jumps\"","confidence":0.87,"words":[)";
        for (int word = 0; word < 5; ++word)
            text += (word == 0 ? "" : ",") + (R"({"start_ms":)" + start + R"(,"text":"word","confidence":0.5})");
        text += "]}";
    }
    return text + "]}";
}

#ifdef BENCH_WITH_SIMDJSON
namespace ondemand = simdjson::ondemand;

/// Visits every value and reads each scalar, which is what makes an index of it.
size_t walk(ondemand::value value)
{
    size_t seen = 1;
    switch (value.type()) {
    case ondemand::json_type::object:
        for (auto field : value.get_object())
            seen += walk(field.value());
        break;
    case ondemand::json_type::array:
        for (auto child : value.get_array())
            seen += walk(child.value());
        break;
    case ondemand::json_type::string: seen += std::string_view(value.get_string()).size(); break;
    case ondemand::json_type::number: seen += double(value.get_double()) > 0; break;
    case ondemand::json_type::boolean:
    case ondemand::json_type::null: break;
    }
    return seen;
}

size_t walkDocument(ondemand::parser& parser, const simdjson::padded_string& text)
{
    auto document = parser.iterate(text);
    size_t seen = 0;
    for (auto field : document.get_object())
        seen += walk(field.value());
    return seen;
}
#endif

}

QList<Figure> jsonIndex(const Options& options)
{
    const QByteArray text = bigDocument();
    const double megabytes = static_cast<double>(text.size()) / 1e6;
    qsizetype indexBytes = 0;
    const auto ours = [&] {
        return rateOf(1, [&] { indexBytes = must(JsonText::parse(text, {.maxBytes = qsizetype{1} << 29})).indexBytes(); }) * megabytes;
    };
#ifdef BENCH_WITH_SIMDJSON
    const simdjson::padded_string padded(text.constData(), static_cast<size_t>(text.size()));
    ondemand::parser parser;
    size_t seen = 0;
    Figure figure = compare(u"json-index"_s, u"MB/s"_s, Goal{0.8}, options.rounds, ours,
                            [&] { return rateOf(1, [&] { seen = walkDocument(parser, padded); }) * megabytes; });
    if (seen < 1000)
        giveUp(u"simdjson did not read the document"_s);
    figure.note = u"JsonText::parse of 100 MB; floor: simdjson On-Demand, every value read; "_s;
#else
    std::vector<double> rates;
    for (int round = 0; round < options.rounds; ++round)
        rates.push_back(ours());
    Figure figure;
    figure.name = u"json-index"_s;
    figure.unit = u"MB/s"_s;
    figure.product = median(rates);
    figure.note = u"JsonText::parse of 100 MB; no floor: built without simdjson (libsimdjson-dev); "_s;
#endif
    figure.note += u"the index takes %1 x the file"_s.arg(static_cast<double>(indexBytes) / static_cast<double>(text.size()), 0, 'f', 2);
    return {figure};
}

}
