// SPDX-License-Identifier: Apache-2.0
#include "core/jobs/filter.h"
#include "core/jobs/filter_match.h"
#include "core/jobs/filter_repository.h"

#include <cstdint>
#include <cstdlib>

using namespace core::jobs;

namespace {

/// A job for the matcher to look at; the input is its payload and its message as well, so that JSON is read too.
Job jobOf(const QByteArray& bytes, const QString& text)
{
    Job job;
    job.id = core::JobId{text.left(8)};
    job.message = text;
    job.inputData = bytes;
    job.outputData = bytes.mid(bytes.indexOf('{'));
    return job;
}

}

/// Any text is a filter or a refusal that points into it; a filter survives being written and read again, at any other time.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const QByteArray bytes(reinterpret_cast<const char*>(data), static_cast<qsizetype>(size));
    const QString text = QString::fromUtf8(bytes);
    const core::Time now = core::base::fromMicros(1'795'348'800'000'000);
    const auto filter = readFilter(text, now);
    if (!filter) {
        const FilterError& error = filter.error();
        if (error.offset < 0 || error.length < 0 || error.offset + error.length > text.size() || error.message.isEmpty())
            std::abort();
        return 0;
    }
    const QString canonical = toText(*filter);
    if (canonical.size() <= maxFilterLength) {
        const auto again = readFilter(canonical, core::Time{});
        if (!again || !(*again == *filter) || toText(*again) != canonical)
            std::abort();
    }
    const Job job = jobOf(bytes, text);
    if (matches(negated(*filter), job) == matches(*filter, job))
        std::abort();
    SqlText sql;
    if (conditionOf(*filter, sql).contains('\0'))
        std::abort();
    return 0;
}
