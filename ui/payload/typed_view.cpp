// SPDX-License-Identifier: Apache-2.0
#include "ui/payload/typed_view.h"

#include "core/base/overloaded.h"
#include "ui/payload/field_rows_view.h"

namespace ui {

using namespace core::tasks;

QWidget* createInputView(const PayloadContext&, const InputPayload& payload, QWidget* parent)
{
    return createFieldRowsView(inputRows(payload), parent);
}

QWidget* createOutputView(const PayloadContext&, const OutputPayload& payload, QWidget* parent)
{
    return createFieldRowsView(outputRows(payload), parent);
}

}
