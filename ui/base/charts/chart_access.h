// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace ui {

/// Makes every BucketChart a chart to assistive technology: its summary as the description, the part under the cursor as the value, and
/// a step through the parts as a slider has it. A second call changes nothing.
void installChartAccess();

}
