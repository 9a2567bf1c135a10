// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/json_floor.h"

#include "tests/bench/figures.h"

#ifdef BENCH_WITH_SIMDJSON
#include <simdjson.h>
#endif

namespace bench {

using namespace Qt::StringLiterals;

QByteArray bigDocument()
{
    constexpr qsizetype documentBytes = 100'000'000;
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

namespace {

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

}

struct OnDemand::Parts {
    explicit Parts(const QByteArray& bytes) : text(bytes.constData(), static_cast<size_t>(bytes.size())) {}
    simdjson::padded_string text;
    ondemand::parser parser;
};

OnDemand::OnDemand(const QByteArray& text) : m_parts(std::make_unique<Parts>(text)) {}

bool OnDemand::isThere()
{
    return true;
}

void OnDemand::walk()
{
    auto document = m_parts->parser.iterate(m_parts->text);
    size_t seen = 0;
    for (auto field : document.get_object())
        seen += bench::walk(field.value());
    if (seen < 1000)
        giveUp(u"simdjson did not read the document"_s);
}

#else

struct OnDemand::Parts {};
OnDemand::OnDemand(const QByteArray&) {}
bool OnDemand::isThere()
{
    return false;
}
void OnDemand::walk() {}

#endif

OnDemand::~OnDemand() = default;

}
