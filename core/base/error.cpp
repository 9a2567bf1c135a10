// SPDX-License-Identifier: Apache-2.0
#include "core/base/error.h"

namespace core::base {

using namespace Qt::StringLiterals;

QString errorKindName(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::Invalid: return u"invalid"_s;
    case ErrorKind::Malformed: return u"malformed"_s;
    case ErrorKind::Unauthorized: return u"unauthorized"_s;
    case ErrorKind::Forbidden: return u"forbidden"_s;
    case ErrorKind::NotFound: return u"not_found"_s;
    case ErrorKind::Conflict: return u"conflict"_s;
    case ErrorKind::TooLarge: return u"too_large"_s;
    case ErrorKind::Unavailable: return u"unavailable"_s;
    case ErrorKind::Cancelled: return u"cancelled"_s;
    case ErrorKind::TimedOut: return u"timed_out"_s;
    case ErrorKind::Internal: return u"internal"_s;
    }
    Q_UNREACHABLE();
}

}
