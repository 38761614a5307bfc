import type { LibraryFault } from "@holdfast/posture";

/** A fault as one line: `file:line: message`. */
export function faultText({ file, line, message }: LibraryFault): string {
  return `${file}${line === null ? "" : `:${line}`}: ${message}`;
}
