// `npm run conformance -- controls DIR --actual FILE`: evaluates the rule that each file of the suite names on all of each case's input, and writes the findings in
// the suite's spelling. It never looks at what is expected; `compare.py` of the suite judges.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { identityOf, type Fix, type KubernetesObject, type Parameters } from "@holdfast/core";
import { evaluateRuleAlone, type CompiledLibrary, type RuleFinding } from "@holdfast/posture";
import { loadLibrary } from "../../apps/cli/load-library.ts";

/** A file of the suite, without what it expects. */
interface Suite {
  readonly rule: string;
  readonly cases: readonly { readonly name: string; readonly input: readonly KubernetesObject[]; readonly data?: CaseData }[];
}

interface CaseData {
  readonly postureControlInputs?: Parameters;
  readonly dataControlInputs?: { readonly cloudProvider?: string };
}

/** The suite writes every value as text, and a value that a person must choose as a placeholder. */
function suiteFix(fix: Fix): readonly { readonly path: string; readonly value: string }[] {
  if (fix.path === undefined || fix.kind === "remove") return [];
  if (fix.kind === "choose" && fix.value === undefined) return [{ path: fix.path, value: "YOUR_VALUE" }];
  return [{ path: fix.path, value: typeof fix.value === "string" ? fix.value : JSON.stringify(fix.value) }];
}

/** The suite names an object of the API by kind and name alone, and what stands outside it (the subject of a binding) with its namespace as well. */
function suiteObject(object: KubernetesObject): unknown {
  const { apiVersion, kind, namespace, name } = identityOf(object);
  return "metadata" in object ? { apiVersion, kind, name } : { kind, namespace, name };
}

function suiteFinding({ named, failedPaths, reviewPaths, deletePaths, fixes }: RuleFinding): unknown {
  const objects = named.map((object) => suiteObject(object as unknown as KubernetesObject));
  return { objects, failedPaths, reviewPaths, deletePaths, fixPaths: fixes.flatMap(suiteFix) };
}

function evaluateCase(library: CompiledLibrary, rule: string, { name, input, data }: Suite["cases"][number]): unknown {
  const settings = {
    ...(data?.postureControlInputs === undefined ? {} : { parameters: data.postureControlInputs }),
    ...(data?.dataControlInputs?.cloudProvider === undefined ? {} : { cloudProvider: data.dataControlInputs.cloudProvider }),
  };
  const outcome = evaluateRuleAlone(library, rule, input, settings);
  if (outcome === null) return { rule, case: name, skipped: "the library has no such rule" };
  if (outcome.problem !== null) return { rule, case: name, error: outcome.problem };
  return { rule, case: name, findings: outcome.findings.map(suiteFinding) };
}

/** Evaluates every case of a folder; returns how many. */
export async function runControls(folder: string, actual: string): Promise<number> {
  const library = await loadLibrary();
  const lines: string[] = [];
  for (const file of readdirSync(folder).toSorted()) {
    if (!file.endsWith(".json")) continue;
    const suite = JSON.parse(readFileSync(path.join(folder, file), "utf8")) as Suite;
    for (const one of suite.cases) lines.push(`${JSON.stringify(evaluateCase(library, suite.rule, one))}\n`);
  }
  writeFileSync(actual, lines.join(""));
  return lines.length;
}
