import type { Fix } from "@holdfast/core";
import { SetValue, stringify, type RegoValue } from "@holdfast/rego";

/** What a rule said of one fault, read but not yet placed: the objects are those the rule was given, by identity. */
export interface RuleFinding {
  readonly message: string;
  /** The object that has the fault; null where a person has to look at the cluster as a whole. */
  readonly object: RegoValue;
  /** All objects that have the fault together, as the rule's answer names them: by references (`externalObjects`) where it gives some, else by themselves. */
  readonly named: readonly RegoValue[];
  readonly failedPaths: readonly string[];
  readonly reviewPaths: readonly string[];
  readonly deletePaths: readonly string[];
  /** Never empty. */
  readonly fixes: readonly Fix[];
  /** Other objects that take part, with paths of their own. */
  readonly related: readonly RelatedObject[];
}

export interface RelatedObject {
  readonly object: RegoValue;
  readonly failedPaths: readonly string[];
  readonly reviewPaths: readonly string[];
  readonly deletePaths: readonly string[];
}

/** A value that a peer's rule writes where a person must decide. */
const PLACEHOLDER = /^(?:YOUR_|<.*>$)/iu;

type Fields = Readonly<Record<string, RegoValue | undefined>>;

function fields(value: RegoValue | undefined): Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as unknown as Fields) : {};
}

/** The items of an array, or of a set in the order in which they were added: the rules of a scan always add them in the same one. */
function items(value: RegoValue | undefined): readonly RegoValue[] {
  if (value instanceof SetValue) return value.items;
  return Array.isArray(value) ? (value as readonly RegoValue[]) : NONE;
}

// Of the lists that a finding may have most are empty or absent, and there are many findings: nothing is made for these.
const NONE: readonly never[] = [];

function isText(item: RegoValue): item is string {
  return typeof item === "string" && item !== "";
}

function texts(value: RegoValue | undefined): readonly string[] {
  const all = items(value);
  return all.length === 0 ? NONE : all.filter(isText);
}

/** Paths to what the API demands to be text, so that "true" stays one: values of some maps, the words of a command line, variables of the environment. */
const TEXT_PLACE = /(?:^|\.)(?:annotations|labels|matchLabels|nodeSelector)[.[]|\.(?:command|args)\[\d+\]$|\.env\[\d+\]\.value$/u;

/** The typed value of a fix, as JSON has it, whose numbers are doubles. Peers' rules write booleans and numbers as text. */
function typedValue(value: RegoValue | undefined, path: string): unknown {
  if (typeof value === "string" && TEXT_PLACE.test(path)) return value;
  if (typeof value === "bigint" || (typeof value === "object" && value !== null)) return JSON.parse(stringify(value));
  if (typeof value !== "string") return value ?? null;
  if (value === "true" || value === "false") return value === "true";
  return /^(?:0|-?[1-9]\d{0,14})$/u.test(value) ? Number(value) : value;
}

function readFix(value: RegoValue): Fix | null {
  const { path, value: wanted, choose } = fields(value);
  if (typeof path !== "string" || path === "") return null;
  // A value beside the question is where to begin, with a placeholder for what must be chosen.
  if (typeof choose === "string")
    return { kind: "choose", path, question: choose, ...(wanted === undefined ? {} : { value: typedValue(wanted, path) }) };
  if (typeof wanted === "string" && PLACEHOLDER.test(wanted)) return { kind: "choose", path, question: "which value fits this workload" };
  return { kind: "set", path, value: typedValue(wanted, path) };
}

function readFixes(finding: Fields, deletePaths: readonly string[]): readonly Fix[] {
  const fixes: Fix[] = [];
  const wanted = items(finding["fixPaths"]);
  for (let at = 0; at < wanted.length; at += 1) {
    const fix = readFix(wanted[at] ?? null);
    if (fix !== null) fixes.push(fix);
  }
  for (let at = 0; at < deletePaths.length; at += 1) fixes.push({ kind: "remove", path: deletePaths[at] ?? "" });
  if (fixes.length > 0) return fixes;
  const reason = finding["noFix"];
  return [{ kind: "none", reason: typeof reason === "string" ? reason : "the rule names no change that would mend it" }];
}

function readRelated(value: RegoValue): readonly RelatedObject[] {
  const one = fields(value);
  const object = one["object"];
  if (object === undefined) return [];
  return [
    { object, failedPaths: texts(one["failedPaths"]), reviewPaths: texts(one["reviewPaths"]), deletePaths: texts(one["deletePaths"]) },
  ];
}

function readAllRelated(value: RegoValue | undefined): readonly RelatedObject[] {
  const all = items(value);
  return all.length === 0 ? NONE : all.flatMap(readRelated);
}

/** What a finding names: objects of the API, and what stands outside it, such as the subject of a binding. It is about the former where there are some, and named by the latter. */
function subjects(finding: Fields): { readonly about: readonly RegoValue[]; readonly named: readonly RegoValue[] } {
  const { k8sApiObjects, externalObjects } = fields(finding["alertObject"]);
  const objects = items(k8sApiObjects);
  if (externalObjects === undefined) return { about: objects, named: objects };
  const external = Array.isArray(externalObjects) ? items(externalObjects) : [externalObjects];
  return { about: objects.length > 0 ? objects : external, named: external.length > 0 ? external : objects };
}

/** The name of the first object that a finding names, which equal findings share. */
function nameIn(element: RegoValue): string {
  const { k8sApiObjects: objects, externalObjects: external } = fields(fields(element)["alertObject"]);
  const object = fields((Array.isArray(objects) ? (objects as readonly RegoValue[])[0] : undefined) ?? external);
  const { namespace, name = object["name"] } = fields(object["metadata"]);
  if (typeof name !== "string") return "";
  return typeof namespace === "string" ? `${namespace} ${name}` : name;
}

/** The elements of a rule's `deny`. */
function elementsOf(deny: RegoValue | undefined): readonly RegoValue[] {
  return deny instanceof SetValue ? deny.itemsByKey(nameIn) : items(deny);
}

function isObject(value: RegoValue): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof SetValue);
}

/** The objects that the value of a filter names, read as {@link readRuleFindings} reads those of a rule's `deny`: each as often as it is named. */
export function readNamedObjects(value: RegoValue | undefined): { readonly objects: readonly RegoValue[]; readonly unreadable: number } {
  const named: RegoValue[] = [];
  let unreadable = isList(value) ? 0 : 1;
  for (const element of elementsOf(value)) {
    const { about } = subjects(fields(element));
    if (about.length === 0 || !about.every(isObject)) unreadable++;
    named.push(...about);
  }
  return { objects: named, unreadable };
}

/** Whether the value of a `deny` is one that has elements, or there is none. */
function isList(deny: RegoValue | undefined): boolean {
  return deny === undefined || deny instanceof SetValue || Array.isArray(deny);
}

/**
 * Reads the value of a rule's `deny`, in Kubescape's form and ours (`fixPaths[].choose`, `noFix`): one finding for each object it names. What is no finding (a
 * text, an object without `alertObject`, one that names no object; a `deny` that is no set at all) is counted: it is a fault of the rule, which must not look like a pass.
 * Only a rule that leaves the judgement to a person (`manual`) may name no object.
 */
export function readRuleFindings(
  deny: RegoValue | undefined,
  manual = false,
): { readonly findings: readonly RuleFinding[]; readonly unreadable: number } {
  const findings: RuleFinding[] = [];
  let unreadable = isList(deny) ? 0 : 1;
  for (const element of elementsOf(deny)) {
    const finding = fields(element);
    const { about, named } = subjects(finding);
    const objects = manual && about.length === 0 ? [null] : about;
    if (objects.length === 0 || !about.every(isObject)) unreadable++;
    const message = finding["alertMessage"];
    const deletePaths = texts(finding["deletePaths"]);
    for (const object of objects) {
      findings.push({
        message: typeof message === "string" ? message : "",
        object,
        named,
        failedPaths: texts(finding["failedPaths"]),
        reviewPaths: texts(finding["reviewPaths"]),
        deletePaths,
        fixes: readFixes(finding, deletePaths),
        related: readAllRelated(finding["relatedObjects"]),
      });
    }
  }
  return { findings, unreadable };
}
