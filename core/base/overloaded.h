// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace core::base {

/// Several lambdas as one visitor: a case that is missing does not compile.
template <class... Cases>
struct Overloaded : Cases... {
    using Cases::operator()...;
};
template <class... Cases>
Overloaded(Cases...) -> Overloaded<Cases...>;

}
