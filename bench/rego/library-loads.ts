import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { load } from "js-yaml";
import { groupOf, identityOf, type KubernetesObject, type NeededInput, type RuleDescription } from "@holdfast/core";
import { ruleInput, type RuleSource } from "@holdfast/posture";
import type { RuleLoad } from "./rule-load.ts";

const DENY = ["armo_builtins", "deny"];

/** An input that is made of a rule's cases has at least so many objects. */
const CASE_OBJECTS = 300;

/** What an estate of applications does not hold: the rules that need it are given the objects of their own cases. */
const NOT_IN_ESTATES: ReadonlySet<NeededInput | null> = new Set<NeededInput>([
  "api-server-info",
  "cloud",
  "control-plane-pods",
  "host-data",
  "image-vulnerabilities",
  "node-objects",
  "service-scans",
]);

/** A rule with something to judge: an estate, or the objects of its cases. */
export interface LibraryLoad extends RuleLoad {
  readonly from: "estate" | "cases";
}

/** All rules of a library, as far as they can be measured. */
export interface LibraryLoads {
  readonly given: readonly LibraryLoad[];
  /** Those whose input is empty. */
  readonly without: readonly RuleLoad[];
  /** Those that are no program, or call what OPA does not know, with the reason. */
  readonly apart: readonly string[];
}

/** Loads for all rules: the objects of an estate for those that judge any of them, else those of their cases, many times under other names. */
export function libraryLoads(library: string, rules: readonly RuleSource[], objects: readonly KubernetesObject[]): LibraryLoads {
  const given: LibraryLoad[] = [];
  const without: RuleLoad[] = [];
  const apart: string[] = [];
  const whole = JSON.stringify(objects);
  for (const { description, modules } of rules) {
    const { name, needs, aggregate } = description;
    if (modules.length === 0) apart.push(`${name}: only a person can judge it`);
    else if (needs === "image-signatures") apart.push(`${name}: it asks for signatures with builtins that OPA does not have`);
    else {
      const from = !NOT_IN_ESTATES.has(needs) && objects.some((object) => isAbout(description, object)) ? "estate" : "cases";
      const taken = from === "estate" ? objects : caseObjects(path.join(library, "rules", name, "cases.yaml"));
      const inputText = from === "estate" && aggregate === null ? whole : JSON.stringify(ruleInput(description, taken));
      if (inputText === "[]") without.push({ name, modules, rule: DENY, inputText });
      else given.push({ name, modules, rule: DENY, inputText, from });
    }
  }
  return { given, without, apart };
}

function isAbout({ kinds }: RuleDescription, object: KubernetesObject): boolean {
  const { apiVersion, kind } = identityOf(object);
  const group = groupOf(apiVersion);
  return kinds.some((pattern) => (pattern.kind === "*" || pattern.kind === kind) && (pattern.group === "*" || pattern.group === group));
}

/** The inputs of all cases of a rule, over and over. */
function caseObjects(file: string): readonly KubernetesObject[] {
  if (!existsSync(file)) return [];
  const cases = load(readFileSync(file, "utf8")) as readonly { readonly input: readonly KubernetesObject[] }[];
  const objects = cases.flatMap(({ input }) => input);
  if (objects.length === 0) return [];
  return Array.from({ length: Math.ceil(CASE_OBJECTS / objects.length) }, (_, copy) =>
    objects.map((object) => renamed(object, copy)),
  ).flat();
}

function renamed(object: KubernetesObject, copy: number): KubernetesObject {
  const { metadata } = object;
  if (typeof metadata !== "object" || metadata === null || !("name" in metadata)) return object;
  return { ...object, metadata: { ...metadata, name: `${identityOf(object).name}-${copy}` } };
}
