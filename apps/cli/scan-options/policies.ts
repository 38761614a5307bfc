import { aboveZero, commaList, mebibytes, severalPaths } from "../option-values.ts";
import type { OptionGroup } from "./define.ts";

interface Given {
  readonly frameworkFile?: readonly string[];
  readonly controlsConfig?: string;
  readonly useFrom?: readonly string[];
  readonly useArtifactsFrom?: readonly string[];
  readonly builtinLibrary?: boolean;
  readonly customRules?: readonly string[];
  readonly customRuleTimeout?: number;
  readonly customRuleMemory?: number;
  readonly allowNetwork?: boolean;
}

/** Users' own rules, and what each may use. */
export interface CustomRuleOptions {
  /** Files and folders. */
  readonly paths: readonly string[];
  readonly timeoutSeconds: number;
  readonly memoryMebibytes: number;
}

/** What a custom rule may use where nothing else is said. */
export const CUSTOM_RULE_LIMITS: Omit<CustomRuleOptions, "paths"> = { timeoutSeconds: 10, memoryMebibytes: 512 };

export interface PolicyConfiguration {
  /** Files of users' own frameworks, which are judged. */
  readonly frameworkFiles: readonly string[];
  /** A file that sets parameters of controls. */
  readonly controlsConfig: string | undefined;
  /** Files and folders of policies that are judged by instead of Holdfast's own. */
  readonly artifacts: { readonly files: readonly string[]; readonly folders: readonly string[] };
  /** True with --builtin-library: an installed library is not used. */
  readonly builtInLibrary: boolean;
  readonly customRules: CustomRuleOptions;
  /** Whatever a scan could ask over the network may be asked: registries for the signatures of images. */
  readonly allowNetwork: boolean;
}

/** What is judged by: the library, or policies of the user's own. */
export const policyOptions: OptionGroup<Given, PolicyConfiguration> = {
  declare: (command) => {
    command
      .option("--framework-file <file>", "judge the controls of a framework of your own; may be repeated", severalPaths)
      .option("--controls-config <file>", "set parameters of controls: a JSON or YAML file of names and lists of values")
      .option("--use-from <files>", "judge by these policy files of Kubescape's form instead of Holdfast's own; may be repeated", commaList)
      .option("--use-artifacts-from <folder>", "the same with all policy files of a folder", severalPaths)
      .option("--builtin-library", "judge by the built-in library, even if another is installed (see `holdfast library status`)")
      .option("--custom-rules <path>", "judge by the rules in this .rego file or folder too; may be repeated", severalPaths)
      .option("--custom-rule-timeout <seconds>", "end a custom rule that takes longer (default: 10)", aboveZero)
      .option("--custom-rule-memory <MB>", "end a custom rule that needs more memory, in MiB (default: 512; at least 128)", mebibytes)
      .option("--allow-network", "ask the registries of the images who signed them (C-0236, C-0237); without it nobody is asked anything");
  },
  lists: ["frameworkFile", "useFrom", "useArtifactsFrom", "customRules"],
  read: (given) => ({
    frameworkFiles: given.frameworkFile ?? [],
    controlsConfig: given.controlsConfig,
    artifacts: { files: given.useFrom ?? [], folders: given.useArtifactsFrom ?? [] },
    builtInLibrary: given.builtinLibrary === true,
    customRules: {
      paths: given.customRules ?? [],
      timeoutSeconds: given.customRuleTimeout ?? CUSTOM_RULE_LIMITS.timeoutSeconds,
      memoryMebibytes: given.customRuleMemory ?? CUSTOM_RULE_LIMITS.memoryMebibytes,
    },
    allowNetwork: given.allowNetwork === true,
  }),
};
