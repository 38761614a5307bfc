import { nearestNames } from "@holdfast/core";
import type { ControlScope, Exception, ExceptionAction, Target } from "./exception.ts";
import type { Fields } from "./fields.ts";
import { knownPattern, namesOf, type KnownPolicies } from "./known-policies.ts";
import { readLabelSelector } from "./label-selector.ts";
import { readPremises } from "./premises/premise.ts";

/** Attributes of a designator that mean something else than a label or annotation. */
const ATTRIBUTES = ["apiGroup", "cluster", "containerName", "kind", "name", "namespace", "path", "resourceID"] as const;

/** How many characters a typing error changes. A label's key may be near an attribute's name by chance, and must be longer than that. */
const SHORTEST_SLIP = 4;

/** The attribute that a key may have been meant to be; null for a key of a label. */
function slipOf(key: string): string | null {
  if (key.length < SHORTEST_SLIP || key.includes("/") || key.includes(".")) return null;
  const [nearest] = nearestNames(key, ATTRIBUTES);
  if (nearest === undefined) return null;
  const [a, b] = [key.toLowerCase(), nearest.toLowerCase()];
  return a === b || (Math.abs(a.length - b.length) <= 1 && differences(a, b) <= 2 && a[0] === b[0]) ? nearest : null;
}

/** In how many places two texts differ that are as long or longer by one. */
function differences(a: string, b: string): number {
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end++;
  return Math.max(a.length, b.length) - start - end;
}

function readTarget(fields: Fields): Target {
  fields.allow(["designatorType", "attributes"]);
  const type = fields.text("designatorType");
  if (type !== undefined && !["Attributes", "Attribute"].includes(type))
    fields.fault("designatorType", `designators of type ${JSON.stringify(type)} can't be applied; write attributes`);
  const attributes = fields.object("attributes");
  if (attributes === undefined || Object.keys(attributes.value).length === 0) {
    fields.fault(null, "a designator without attributes designates nothing; leave it out, or say what it is about");
    return { labels: [] };
  }
  const target: Record<string, unknown> = {};
  const labels: (readonly [string, NonNullable<Target["name"]>])[] = [];
  for (const key of Object.keys(attributes.value)) {
    const pattern = key === "apiGroup" ? attributes.groupPattern(key) : attributes.pattern(key);
    if (attributes.value[key] === null) attributes.fault(key, `${key} has no value; leave it out`);
    if (pattern === undefined) continue;
    const slip = slipOf(key);
    if (ATTRIBUTES.some((one) => one === key)) target[key] = pattern;
    else if (slip !== null) attributes.fault(key, `unknown attribute ${JSON.stringify(key)}; did you mean ${slip}?`);
    else labels.push([key, pattern]);
  }
  return { ...target, labels };
}

function readControl(fields: Fields, action: ExceptionAction, names: ReturnType<typeof namesOf>): ControlScope {
  fields.allow(["frameworkName", "controlName", "controlID", "ruleName", "severityScore"]);
  if (fields.has("severityScore")) fields.fault("severityScore", "severityScore can't be applied; name the controls");
  const scope: ControlScope = {
    control: knownPattern(fields, "controlID", "control", names.ids),
    controlName: knownPattern(fields, "controlName", "control", names.names),
    framework: knownPattern(fields, "frameworkName", "framework", names.frameworks),
    rule: knownPattern(fields, "ruleName", "rule", names.rules),
    action,
  };
  if (!["frameworkName", "controlName", "controlID", "ruleName"].some((key) => fields.has(key)))
    fields.fault(null, "it names no control; leave posturePolicies out where all controls are meant");
  return scope;
}

/** What the actions of a policy come to: without any it accepts, as peers have it. */
function readAction(policy: Fields): ExceptionAction {
  const actions = policy.texts("actions");
  for (const action of actions)
    if (action !== "alertOnly" && action !== "disable")
      policy.fault("actions", `the action is ${JSON.stringify(action)}; it is alertOnly or disable`);
  if (new Set(actions).size > 1) policy.fault("actions", "it names two actions");
  return actions[0] === "alertOnly" ? "alert_only" : "ignore";
}

function readClusterWide(policy: Fields): boolean {
  const attributes = policy.object("attributes");
  if (attributes === undefined) return false;
  for (const key of Object.keys(attributes.value))
    if (key !== "clusterWide" && nearestNames(key, ["clusterWide"]).length > 0)
      attributes.fault(key, `unknown attribute ${JSON.stringify(key)}; did you mean clusterWide?`);
  const value = attributes.get("clusterWide");
  if (value === "true") return true;
  return attributes.boolean("clusterWide") ?? false;
}

const KEYS = [
  "guid",
  "name",
  "attributes",
  "updatedTime",
  "creationTime",
  "policyType",
  "actions",
  "resources",
  "objectSelector",
  "posturePolicies",
  "reason",
  "expirationDate",
  "createdBy",
  "premises",
];

/** Reads a policy of the type postureExceptionPolicy. What is wrong with it is noted, and then what is returned must not be used. */
export function readPolicy(policy: Fields, known: KnownPolicies): Omit<Exception, "file" | "line"> {
  policy.allow(KEYS);
  const name = policy.requiredText("name") ?? "";
  const type = policy.text("policyType");
  if (type !== "postureExceptionPolicy")
    policy.fault("policyType", `policyType is ${JSON.stringify(type)}; expected postureExceptionPolicy`);
  const action = readAction(policy);
  const names = namesOf(known);
  const selector = policy.object("objectSelector");
  return {
    name,
    form: "postureExceptionPolicy",
    reason: policy.requiredText("reason") ?? "",
    author: policy.text("createdBy") ?? null,
    expires: policy.time("expirationDate") ?? null,
    controls: policy.objects("posturePolicies").map((one) => readControl(one, action, names)),
    targets: policy.objects("resources").map(readTarget),
    namespace: null,
    namespaceSelector: null,
    objectSelector: selector === undefined ? null : readLabelSelector(selector),
    images: [],
    object: null,
    clusterWide: readClusterWide(policy),
    premises: readPremises(policy.objects("premises")),
    vulnerabilities: [],
  };
}
