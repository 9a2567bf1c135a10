// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>

#include <memory>

namespace bench {

/// 100 MB as the payload inspector meets them: a transcript, segments of words.
[[nodiscard]] QByteArray bigDocument();

/// simdjson's On-Demand over one document: every value is visited and every scalar read, which is what makes an index of it.
class OnDemand {
public:
    /// False: the program was built without simdjson (libsimdjson-dev).
    [[nodiscard]] static bool isThere();

    explicit OnDemand(const QByteArray& text);
    ~OnDemand();
    OnDemand(const OnDemand&) = delete;
    OnDemand& operator=(const OnDemand&) = delete;
    void walk();

private:
    struct Parts;
    std::unique_ptr<Parts> m_parts;
};

}
