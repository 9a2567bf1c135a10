// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/lane.h"

#include <memory>
#include <tuple>

namespace ui {

/// Lets the things go on the closer, one after the other in the order given: what ends with a join may take as long as its work.
/// They go here and now where there is no closer. A thing that others hold too stays with them.
template <class... Things>
void letGo(core::Lane* closer, std::shared_ptr<Things>... things)
{
    auto close = [held = std::make_tuple(std::move(things)...)]() mutable { std::apply([](auto&... each) { (each.reset(), ...); }, held); };
    if (closer)
        closer->post(std::move(close));
    else
        close();
}

}
