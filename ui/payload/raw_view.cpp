// SPDX-License-Identifier: Apache-2.0
#include "ui/payload/raw_view.h"

namespace ui {

RawView::RawView(core::Lane&, QWidget* parent) : QWidget(parent) {}
RawView::~RawView() = default;
void RawView::setBytes(const QByteArray&, bool) {}
void RawView::clear() {}
void RawView::goToOffset(qsizetype) {}

}
