// Loaded only where there are rules that are not the library's.
import type { CustomRules } from "@holdfast/posture";
import type { RegoValue } from "@holdfast/rego";
import { evaluateInSandbox, type SandboxLimits } from "@holdfast/rego/sandbox";
import type { CustomRuleOptions } from "./scan-options/policies.ts";

const DENY = ["armo_builtins", "deny"];
const MEBIBYTE = 1_048_576;

/** What a custom rule may use, as the sandbox is told it. */
export function sandboxLimits({ timeoutSeconds, memoryMebibytes }: Omit<CustomRuleOptions, "paths">): SandboxLimits {
  return { wallMs: timeoutSeconds * 1000, memoryBytes: memoryMebibytes * MEBIBYTE };
}

/** Evaluates rules that are not the library's in a process of their own. */
export function evaluatorInSandbox(options: Omit<CustomRuleOptions, "paths">): CustomRules["evaluate"] {
  return async (requests, objects, data) => {
    const jobs = requests.map(({ name, modules, over, places }) => ({
      name,
      modules,
      rule: DENY,
      elements: places,
      over: over === "derive" ? ("derive" as const) : ("whole" as const),
    }));
    const outcomes = await evaluateInSandbox(jobs, { input: objects as unknown as RegoValue, data, limits: sandboxLimits(options) });
    return outcomes.map(({ results, problem, diagnostics }) => ({
      values: results.map(({ element, value }) => ({ place: element, value })),
      problem,
      usable: problem?.code !== "rule_missing" && !diagnostics.some(({ severity }) => severity === "error"),
    }));
  };
}
