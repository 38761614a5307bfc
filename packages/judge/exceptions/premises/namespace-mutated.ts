import { groupOf, valueAt, type KubernetesObject, type Resource } from "@holdfast/core";
import type { Estate } from "../estate.ts";
import { Fields } from "../fields.ts";
import { isEmptySelector, readLabelSelector, type LabelSelector } from "../label-selector.ts";
import type { NamespaceMutated } from "./premise.ts";

/** Whether a policy covers a namespace, or why it does not. */
type Coverage = { readonly covers: true } | { readonly covers: false; readonly why: string };

const COVERS: Coverage = { covers: true };

function not(why: string): Coverage {
  return { covers: false, why };
}

function objectsAt(object: KubernetesObject, path: readonly string[]): readonly KubernetesObject[] {
  const list = valueAt(object, path);
  return Array.isArray(list)
    ? list.filter((one): one is KubernetesObject => typeof one === "object" && one !== null && !Array.isArray(one))
    : [];
}

function textsAt(object: KubernetesObject, path: readonly string[]): readonly string[] {
  const list = valueAt(object, path);
  return Array.isArray(list) ? list.filter((one) => typeof one === "string") : [];
}

function isSet(value: unknown): boolean {
  if (value === undefined || value === null) return false;
  if (Array.isArray(value)) return value.length > 0;
  return typeof value !== "object" || Object.keys(value).length > 0;
}

/** A selector that an object holds; null where it can't be understood. */
function selectorAt(object: KubernetesObject, path: readonly string[]): LabelSelector | null {
  const value = valueAt(object, path);
  if (!isSet(value)) return { matchLabels: [], matchExpressions: [] };
  let wrong = false;
  const fields = Fields.of(value, [], () => (wrong = true));
  const selector = fields === undefined ? null : readLabelSelector(fields);
  return wrong ? null : selector;
}

function selectsNamespace(selector: LabelSelector | null, namespace: string, estate: Estate): Coverage {
  const selected = selector === null ? "unknown" : estate.selectsNamespace(selector, namespace);
  if (selected === "selected") return COVERS;
  return not(selected === "unknown" ? `the labels of namespace ${namespace} are not known` : `it does not select namespace ${namespace}`);
}

/** Whether rules of admission (of a webhook or a policy) are about the making of pods. */
function coversPods(rules: readonly KubernetesObject[]): boolean {
  return rules.some(
    (rule) =>
      textsAt(rule, ["apiGroups"]).some((group) => group === "" || group === "*") &&
      textsAt(rule, ["resources"]).some((one) => one === "pods" || one === "*" || one === "*/*" || one === "pods/*") &&
      textsAt(rule, ["operations"]).some((one) => one === "CREATE" || one === "*") &&
      !isSet(valueAt(rule, ["resourceNames"])),
  );
}

/** What the matching of an admission policy or its binding covers. */
function matchCovers(match: KubernetesObject, rulesKey: string, namespace: string, estate: Estate): Coverage {
  if (isSet(match["objectSelector"])) return not("it selects objects by their labels");
  if (isSet(match["excludeResourceRules"])) return not("it leaves resources out");
  if (isSet(match[rulesKey]) && !coversPods(objectsAt(match, [rulesKey]))) return not("it is not about the making of pods");
  return selectsNamespace(selectorAt(match, ["namespaceSelector"]), namespace, estate);
}

function webhookCovers(configuration: Resource, namespace: string, estate: Estate): Coverage {
  let last = not("it has no webhooks");
  for (const webhook of objectsAt(configuration.object, ["webhooks"])) {
    if (webhook["failurePolicy"] === "Ignore") last = not("it lets pods through where it can't be reached (failurePolicy: Ignore)");
    else if (isSet(webhook["matchConditions"])) last = not("it has conditions (matchConditions)");
    else if (!isSet(webhook["rules"])) last = not("it is not about the making of pods");
    else last = matchCovers(webhook, "rules", namespace, estate);
    if (last.covers) return last;
  }
  return last;
}

function constraintsCover(policy: Resource, namespace: string, estate: Estate): Coverage {
  const match = valueAt(policy.object, ["spec", "matchConstraints"]);
  if (typeof match !== "object" || match === null || !isSet((match as KubernetesObject)["resourceRules"]))
    return not("it has no matchConstraints");
  if (isSet(valueAt(policy.object, ["spec", "matchConditions"]))) return not("it has conditions (matchConditions)");
  if (valueAt(policy.object, ["spec", "failurePolicy"]) === "Ignore")
    return not("it lets pods through where it fails (failurePolicy: Ignore)");
  return matchCovers(match as KubernetesObject, "resourceRules", namespace, estate);
}

function admissionPolicyCovers(policy: Resource, namespace: string, estate: Estate): Coverage {
  const constraints = constraintsCover(policy, namespace, estate);
  if (!constraints.covers) return constraints;
  let last = not("no MutatingAdmissionPolicyBinding binds it");
  for (const { kind, object } of estate.resources) {
    if (kind !== "MutatingAdmissionPolicyBinding" || valueAt(object, ["spec", "policyName"]) !== policy.name) continue;
    const match = valueAt(object, ["spec", "matchResources"]);
    last = isSet(match) ? matchCovers(match as KubernetesObject, "resourceRules", namespace, estate) : COVERS;
    if (last.covers) return last;
  }
  return last;
}

/** Whether a pattern of Kyverno, in which `*` and `?` stand for any characters and one, means a text. */
function kyvernoMatches(pattern: string, text: string): boolean {
  let rows = new Set([0]);
  for (const character of pattern) {
    const next = new Set<number>();
    for (const at of rows) {
      if (character === "*") for (let to = at; to <= text.length; to++) next.add(to);
      else if (at < text.length && (character === "?" || character === text[at])) next.add(at + 1);
    }
    rows = next;
  }
  return rows.has(text.length);
}

/** What a filter of Kyverno may say and still be about all pods of a namespace. */
const KYVERNO_KEYS: ReadonlySet<string> = new Set(["kinds", "namespaces", "namespaceSelector", "operations"]);

function kyvernoFilterCovers(filter: KubernetesObject, namespace: string, estate: Estate): Coverage {
  const { resources: value, ...others } = filter;
  if (Object.values(others).some(isSet)) return not("its match asks who makes the pod");
  const resources = (typeof value === "object" && value !== null ? value : {}) as KubernetesObject;
  if (Object.keys(resources).some((key) => !KYVERNO_KEYS.has(key) && isSet(resources[key])))
    return not("its match is narrower than the namespace");
  if (!textsAt(resources, ["kinds"]).some((kind) => ["Pod", "v1/Pod", "*", "*/Pod", "*/*"].includes(kind)))
    return not("it is not about pods");
  const operations = textsAt(resources, ["operations"]);
  if (operations.length > 0 && !operations.includes("CREATE")) return not("it is not about the making of pods");
  const namespaces = textsAt(resources, ["namespaces"]);
  if (namespaces.length > 0 && !namespaces.some((one) => kyvernoMatches(one, namespace)))
    return not(`it does not name namespace ${namespace}`);
  const selector = selectorAt(resources, ["namespaceSelector"]);
  return selector !== null && isEmptySelector(selector) ? COVERS : selectsNamespace(selector, namespace, estate);
}

function kyvernoRuleCovers(rule: KubernetesObject, namespace: string, estate: Estate): Coverage {
  if (!isSet(rule["mutate"])) return not("it does not mutate");
  if (isSet(valueAt(rule, ["mutate", "targets"]))) return not("it mutates objects that are there already, not those that are made");
  if (isSet(rule["preconditions"]) || isSet(rule["celPreconditions"])) return not("it has preconditions");
  if (isSet(rule["exclude"])) return not("it leaves some out (exclude)");
  const match = (typeof rule["match"] === "object" && rule["match"] !== null ? rule["match"] : {}) as KubernetesObject;
  const any = objectsAt(match, ["any"]);
  const all = objectsAt(match, ["all"]);
  const covered = (filter: KubernetesObject) => kyvernoFilterCovers(filter, namespace, estate);
  if (any.length > 0) return any.map(covered).find(({ covers }) => covers) ?? covered(any[0] ?? {});
  if (all.length > 0) return all.map(covered).find(({ covers }) => !covers) ?? COVERS;
  return covered(match);
}

function kyvernoCovers(policy: Resource, namespace: string, estate: Estate): Coverage {
  if (policy.kind === "Policy" && policy.namespace !== namespace) return not(`it holds in namespace ${policy.namespace}`);
  let last = not("it has no rules that mutate");
  for (const rule of objectsAt(policy.object, ["spec", "rules"])) {
    const coverage = kyvernoRuleCovers(rule, namespace, estate);
    if (coverage.covers) return coverage;
    if (isSet(rule["mutate"])) last = coverage;
  }
  return last;
}

/** Whether an object mutates all pods that are made in a namespace; null for what is no mutating policy. */
function covers(resource: Resource, namespace: string, estate: Estate): Coverage | null {
  switch (`${groupOf(resource.apiVersion)}/${resource.kind}`) {
    case "admissionregistration.k8s.io/MutatingWebhookConfiguration":
      return webhookCovers(resource, namespace, estate);
    case "admissionregistration.k8s.io/MutatingAdmissionPolicy":
      return admissionPolicyCovers(resource, namespace, estate);
    case "policies.kyverno.io/MutatingPolicy":
      return constraintsCover(resource, namespace, estate);
    case "kyverno.io/ClusterPolicy":
    case "kyverno.io/Policy":
      return kyvernoCovers(resource, namespace, estate);
    default:
      return null;
  }
}

/** Why a premise on mutated namespaces does not hold; null where it does. A policy that may let a pod through (by conditions, by labels, when it fails) covers nothing. */
export function checkNamespaceMutated({ namespaces, policy }: NamespaceMutated, estate: Estate): string | null {
  for (const namespace of namespaces) {
    let reason: string | null = null;
    let covered = false;
    for (const resource of estate.resources) {
      if (policy !== null && resource.name !== policy) continue;
      const coverage = covers(resource, namespace, estate);
      if (coverage === null) continue;
      if (coverage.covers) covered = true;
      else reason ??= `${resource.kind} ${resource.name}: ${coverage.why}`;
    }
    if (!covered) {
      const sought = policy === null ? "no mutating policy was scanned" : `no mutating policy ${policy} was scanned`;
      return `namespace ${namespace} is not covered: ${reason ?? sought}`;
    }
  }
  return null;
}
