// The measures of the chart, in pixels.

export const ROW_PX = 28
export const AXIS_PX = 26
export const OVERVIEW_PX = 32
/** What stays on top. */
export const HEAD_PX = OVERVIEW_PX + AXIS_PX
/** The names on the left. */
export const LABEL_PX = 208
/** Room after the axis, for what stands beside the last bar. */
export const END_PX = 44
