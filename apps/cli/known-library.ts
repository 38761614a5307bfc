import type { Library } from "@holdfast/core";
import { libraryWith } from "@holdfast/posture";
import type { Environment } from "./environment.ts";
import { chosenFacts } from "./library/chosen-library.ts";
import { CUSTOM_RULE_LIMITS } from "./scan-options/policies.ts";

/** What of a user's own a command is to know beside the library: paths of rules, and files of frameworks. */
export interface OwnPolicies {
  readonly customRules?: readonly string[];
  readonly frameworkFile?: readonly string[];
}

/** The library's facts, with the user's own rules and frameworks. Nothing is compiled. Throws `UsageError` for what can't be used of these. */
export async function knownLibrary(own: OwnPolicies, { workingFolder, dataFolder }: Environment): Promise<Library> {
  const { customRules = [], frameworkFile = [] } = own;
  const facts = await chosenFacts(dataFolder);
  const library = customRules.length === 0 ? facts : await withCustomRules(facts, customRules, workingFolder);
  if (frameworkFile.length === 0) return library;
  const { loadFrameworkFiles } = await import("./framework-files.ts");
  return { ...library, frameworks: [...library.frameworks, ...loadFrameworkFiles(frameworkFile, library, workingFolder)] };
}

async function withCustomRules(library: Library, paths: readonly string[], workingFolder: string): Promise<Library> {
  const { loadCustomRules } = await import("./custom-rules.ts");
  return libraryWith(library, await loadCustomRules({ ...CUSTOM_RULE_LIMITS, paths }, library, workingFolder));
}
