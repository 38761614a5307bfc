// The library is read without a fault, its pages agree with the facts, every rule does what its cases say, and the manifests of its pages do what they claim.
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { load, loadAll } from "js-yaml";
import { describe, expect, test } from "vitest";
import type { KubernetesObject, Parameters } from "@holdfast/core";
import { compileLibrary, defaultParameters, evaluateRuleAlone, readLibrary } from "@holdfast/posture";
import { libraryFiles } from "../apps/cli/checkout-library.ts";
import { judgesOnArrival, withoutLongTexts } from "../packages/posture/3-evaluate/judged-on-arrival.ts";
import { sharedFolder } from "../test/shared-folder.ts";
import { evaluateCase, judgedTexts, SignaturesOfCase } from "./evaluate-case.ts";
import { expectedTexts, foundTexts, type RuleCase } from "./rule-case.ts";

const folder = import.meta.dirname;
const source = readLibrary(libraryFiles(folder));
const signatures = new SignaturesOfCase();
const compiled = compileLibrary(source, signatures);
const defaults = defaultParameters(source.library.parameters);

test("the library has no faults", () => {
  expect(source.faults).toEqual([]);
});

describe.each(
  source.rules.map(({ description, filter }) => [description.name, { needs: description.needs, filtered: filter !== null }] as const),
)("rule %s", (rule, { needs, filtered }) => {
  const file = path.join(folder, "rules", rule, "cases.yaml");

  test("has cases that pass and cases that fail", () => {
    const cases = load(readFileSync(file, "utf8")) as readonly RuleCase[];
    // What only a person can judge never passes.
    if (needs !== "manual") expect(cases.some((one) => one.expect.length === 0)).toBe(true);
    expect(cases.some((one) => one.expect.length > 0)).toBe(true);
    expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
    if (filtered) expect(cases.some(({ judged }) => judged !== undefined)).toBe(true);
  });

  const cases = existsSync(file) ? (load(readFileSync(file, "utf8")) as readonly RuleCase[]) : [];
  test.each(cases.map((one) => [one.name, one] as const))("%s", (_, one) => {
    const outcome = evaluateCase(compiled, signatures, rule, one, defaults);
    if (outcome === null || outcome.problem !== null) throw new Error(JSON.stringify(outcome));
    expect(foundTexts(outcome.findings)).toEqual(expectedTexts(one.expect));
    if (one.judged !== undefined) expect(judgedTexts(outcome)).toEqual([...one.judged].sort());
    // A finding without a change must say why there is none.
    for (const { fixes } of outcome.findings) for (const { kind, reason } of fixes) if (kind === "none") expect(reason).not.toContain("the rule names no change");
  });
});

describe("rules about ConfigMaps, as a cluster's are judged", () => {
  const about = source.rules.map(({ description }) => description).filter(({ kinds }) => kinds.some(({ kind }) => kind === "ConfigMap"));
  test.each(about.map((rule) => [rule.name, rule] as const))("%s", (name, rule) => {
    const cases = load(readFileSync(path.join(folder, "rules", name, "cases.yaml"), "utf8")) as readonly RuleCase[];
    for (const one of cases) {
      // Those about nothing else are evaluated for each object, the others when long texts are gone.
      const inputs = judgesOnArrival(rule) ? one.input.map((object) => [object]) : [one.input.map(withoutLongTexts)];
      const outcomes = inputs.map((input) => evaluateCase(compiled, signatures, name, { ...one, input }, defaults));
      const found = outcomes.flatMap((outcome) => (outcome === null || outcome.problem !== null ? [] : outcome.findings));
      expect([one.name, foundTexts(found)]).toEqual([one.name, expectedTexts(one.expect)]);
    }
  });

  test("are such that a long text of theirs can be let go", () => {
    expect(about.filter(judgesOnArrival).map(({ name }) => name)).toContain("rule-credentials-configmap");
    expect(about.length).toBeGreaterThan(about.filter(judgesOnArrival).length);
  });
});

/** What a manifest says in comments about where it stands: `# parameters: {untrustedRegistries: [registry.example.net]}`, `# cloudProvider: EKS`. */
function settingsOf(yaml: string): { parameters: Parameters; cloudProvider: string } {
  const said = [...yaml.matchAll(/^# (?<setting>(?:parameters|cloudProvider): .*)$/gmu)].map(({ groups }) => groups?.["setting"]);
  const settings = said.length === 0 ? {} : (load(said.join("\n")) as { parameters?: Parameters; cloudProvider?: string });
  return { parameters: { ...defaults, ...settings.parameters }, cloudProvider: settings.cloudProvider ?? "" };
}

/** What the rules of a control say of a page's manifest. */
function judgePage(rules: readonly string[], yaml: string): { findings: number; judged: number } {
  const objects = loadAll(yaml).filter((value): value is KubernetesObject => typeof value === "object" && value !== null);
  const settings = settingsOf(yaml);
  let findings = 0;
  let judged = 0;
  for (const rule of rules) {
    const outcome = evaluateRuleAlone(compiled, rule, objects, settings);
    if (outcome === null || outcome.problem !== null) throw new Error(`${rule}: ${JSON.stringify(outcome)}`);
    findings += outcome.findings.length;
    judged += outcome.judged.length;
  }
  return { findings, judged };
}

const pages = source.pages.flatMap(({ control, examples }) => (examples === null ? [] : [[control.id, { control, ...examples }] as const]));

describe.each(pages)("control %s", (_, { control, bad, good }) => {
  test("its bad manifest has a finding", () => {
    expect(judgePage(control.rules, bad).findings).toBeGreaterThan(0);
  });

  test("its good manifest is judged and has none", () => {
    const { findings, judged } = judgePage(control.rules, good);
    expect(findings).toBe(0);
    expect(judged).toBeGreaterThan(0);
  });
});

interface Fact {
  readonly id: string;
  readonly name: string;
  readonly baseScore: number;
  readonly category: string | null;
  readonly subCategory: string | null;
  readonly scope: readonly string[];
  readonly tags: readonly string[] | null;
  readonly rules: readonly string[];
}

describe.skipIf(sharedFolder === null)("the facts (../shared)", () => {
  const facts = sharedFolder === null ? [] : (JSON.parse(readFileSync(path.join(sharedFolder, "facts/controls.json"), "utf8")) as readonly Fact[]);
  // Ids from C-1001 on are of controls that are ours alone.
  test("none has an id of those that are ours alone", () => {
    expect(facts.filter(({ id }) => id > "C-1000")).toEqual([]);
  });

  const shared = source.pages.flatMap(({ control }) => (control.id > "C-1000" ? [] : [[control.id, control] as const]));
  test.each(shared)("%s agrees with them", (id, control) => {
    const fact = facts.find((one) => one.id === id);
    expect({
      name: control.name,
      score: control.score,
      category: control.category,
      subCategory: control.subCategory ?? null,
      scope: control.scope,
      tags: control.tags,
      rules: control.rules,
    }).toEqual({
      name: fact?.name,
      score: fact?.baseScore,
      // Where they name none, we do.
      category: fact?.category ?? control.category,
      subCategory: fact?.subCategory,
      scope: fact?.scope,
      tags: fact?.tags ?? [],
      rules: fact?.rules,
    });
  });
});
