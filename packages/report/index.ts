export type { Format, FormatEntry, Pieces, ReportOptions, View } from "./formats/define.ts";
export { formats } from "./formats/list.ts";
export { hideNames, type Disguise } from "./hide/hide-names.ts";
export { readResult, type ReadOutcome } from "./read-result.ts";
export { printable } from "./terminal/printable.ts";
