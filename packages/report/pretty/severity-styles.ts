import type { Severity } from "@holdfast/core";
import type { Style } from "../terminal/painter.ts";

/** How each severity looks. */
export const SEVERITY_STYLES: Readonly<Record<Severity, readonly Style[]>> = {
  critical: ["magenta", "bold"],
  high: ["red", "bold"],
  medium: ["yellow", "bold"],
  low: ["cyan"],
  unknown: ["dim"],
};
