import type { ScanConfiguration } from "../scan-configuration.ts";
import type { FixOptions } from "./fix-options.ts";

/** All that `holdfast fix` is told: what a scan is told, and how files are changed. */
export interface FixConfiguration extends ScanConfiguration, FixOptions {}
