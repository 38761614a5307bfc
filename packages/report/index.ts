export type { Format, FormatEntry, Pieces, ReportOptions, View } from "./formats/define.ts";
export { formats } from "./formats/list.ts";
export { hideNames, type Disguise } from "./hide/hide-names.ts";
export { readResult, readStoredResult, type ReadOutcome } from "./read-result.ts";
export { printable } from "./terminal/printable.ts";
export { differenceMarkdown, differenceText, type DifferenceOptions, type ScanDifference } from "./comparison/scan-difference.ts";
export { nextText } from "./next/next-text.ts";
export { trendTable } from "./trend/trend-table.ts";
export { painter, type Painter } from "./terminal/painter.ts";
