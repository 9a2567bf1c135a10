// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/base/ids.h"

#include <QByteArray>

namespace ui {

/// One payload of the store, whatever holds it: what comparing any two needs of it.
struct PayloadRef {
    enum class Kind { Input, Output, Delivery, Event };
    Kind kind = Kind::Input;
    core::JobId job{};              ///< whose it is; empty of a delivery that names none
    core::DeliveryId delivery{};    ///< of a delivery
    qint64 sequence = 0;            ///< of an event
    QByteArray bytes{};             ///< of an event, which came with its story
    bool operator==(const PayloadRef&) const = default;
};

}
