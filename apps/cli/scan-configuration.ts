import type { GateRequest } from "@holdfast/judge";
import type { ControlRequest } from "@holdfast/posture";
import type { View } from "@holdfast/report";

/** Users' own rules, and what each may use. */
export interface CustomRuleOptions {
  /** Files and folders. */
  readonly paths: readonly string[];
  readonly timeoutSeconds: number;
  readonly memoryMebibytes: number;
}

/** What a custom rule may use where nothing else is said. */
export const CUSTOM_RULE_LIMITS: Omit<CustomRuleOptions, "paths"> = { timeoutSeconds: 10, memoryMebibytes: 512 };

/** All that a scan is told, from arguments. */
export interface ScanConfiguration {
  /** Files and folders; `-` is standard input. */
  readonly paths: readonly string[];
  readonly controls: ControlRequest;
  /** A file that sets parameters of controls. */
  readonly controlsConfig: string | undefined;
  /** Files of users' own frameworks, which are judged. */
  readonly frameworkFiles: readonly string[];
  /** Files and folders of policies that are judged by instead of Holdfast's own. */
  readonly artifacts: { readonly files: readonly string[]; readonly folders: readonly string[] };
  /** True with --builtin-library: an installed library is not used. */
  readonly builtInLibrary: boolean;
  readonly customRules: CustomRuleOptions;
  /** Names of formats, as given; none means the one for people. */
  readonly formats: readonly string[];
  readonly output: string | undefined;
  readonly gates: GateRequest;
  readonly view: View;
  /** Registries may be asked for the signatures of images. */
  readonly allowNetwork: boolean;
  readonly verbose: boolean;
  readonly quiet: boolean;
  /** False with --no-color. */
  readonly color: boolean;
}
