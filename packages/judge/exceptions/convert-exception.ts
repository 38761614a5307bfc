import type { ControlScope, Exception, Target } from "./exception.ts";
import { isEmptySelector, selectorObject } from "./label-selector.ts";
import { boundToNamespaces } from "./match.ts";
import { quotePattern, textOfPattern, type Pattern } from "./pattern.ts";
import { premiseObject } from "./premises/premise.ts";
import { PREMISES_ANNOTATION, SCOPE_ANNOTATION } from "./read-security-exception.ts";

/** An exception as it is written in a form, or all of it that the form can't say. */
export type Conversion = { readonly value: Readonly<Record<string, unknown>> } | { readonly faults: readonly string[] };

type Json = Readonly<Record<string, unknown>>;

/** What names of Kubernetes' objects are made of: https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-subdomain-names */
const OBJECT_NAME = /^[a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?$/u;

function optional(key: string, value: unknown): Json {
  return value === null || value === undefined ? {} : { [key]: value };
}

function policyTarget(
  { apiGroup, kind, namespace, name, cluster, path, resourceID, containerName, labels }: Target,
  within: string | null,
): Json {
  const own = within === null ? namespace?.source : quotePattern(within);
  return {
    designatorType: "Attributes",
    attributes: {
      ...optional("cluster", cluster?.source),
      ...optional("namespace", own),
      ...optional("kind", kind?.source),
      ...optional("apiGroup", apiGroup?.source),
      ...optional("name", name?.source),
      ...optional("path", path?.source),
      ...optional("resourceID", resourceID?.source),
      ...optional("containerName", containerName?.source),
      ...Object.fromEntries(labels.map(([key, pattern]) => [key, pattern.source])),
    },
  };
}

function policyControl({ control, controlName, framework, rule }: ControlScope): Json {
  return {
    ...optional("frameworkName", framework?.source),
    ...optional("controlID", control?.source),
    ...optional("controlName", controlName?.source),
    ...optional("ruleName", rule?.source),
  };
}

/** Writes an exception as a postureExceptionPolicy. */
export function toPolicy(exception: Exception): Conversion {
  const { name, namespace, namespaceSelector, objectSelector, images, vulnerabilities, controls, targets, premises } = exception;
  const faults: string[] = [];
  if (exception.object !== null) faults.push("it stands in annotations of an object, and has no other form");
  if (namespaceSelector !== null && !isEmptySelector(namespaceSelector))
    faults.push("a policy can't select namespaces by their labels (namespaceSelector)");
  if (images.length > 0) faults.push("a policy can't select images (images)");
  if (vulnerabilities.length > 0) faults.push("a policy can't say anything about vulnerabilities");
  const actions = new Set(controls.map(({ action }) => action));
  if (actions.size > 1) faults.push("a policy has one action, and its controls have two: split it by action");
  if (faults.length > 0) return { faults };
  const resources =
    targets.length === 0 && namespace !== null
      ? [policyTarget({ labels: [] }, namespace)]
      : targets.map((target) => policyTarget(target, namespace));
  return {
    value: {
      name,
      policyType: "postureExceptionPolicy",
      actions: [actions.has("alert_only") ? "alertOnly" : "disable"],
      ...(exception.clusterWide ? { attributes: { clusterWide: true } } : {}),
      ...(resources.length === 0 ? {} : { resources }),
      ...(objectSelector === null || isEmptySelector(objectSelector) ? {} : { objectSelector: selectorObject(objectSelector) }),
      ...(controls.length === 0 ? {} : { posturePolicies: controls.map(policyControl) }),
      reason: exception.reason,
      ...optional("expirationDate", exception.expires),
      ...optional("createdBy", exception.author),
      ...(premises.length === 0 ? {} : { premises: premises.map(premiseObject) }),
    },
  };
}

/** The one namespace that all targets are in; null where they are in any; undefined where neither is so. */
function namespaceOfTargets(targets: readonly Target[]): string | null | undefined {
  if (!targets.some(boundToNamespaces)) return null;
  const texts = new Set(targets.map(({ namespace }) => (namespace === undefined ? null : textOfPattern(namespace.source))));
  const [first] = texts;
  return texts.size === 1 && first !== null ? first : undefined;
}

function objectTarget({ apiGroup, kind, name }: Target): Json {
  return { ...optional("apiGroup", apiGroup?.source), kind: kind?.source ?? ".*", ...optional("name", name?.source) };
}

/** Whether a target says nothing but which namespace it is in. */
function onlyNamespace({ apiGroup, kind, name }: Target): boolean {
  return apiGroup === undefined && kind === undefined && name === undefined;
}

function targetFaults({ cluster, path, resourceID, containerName, labels }: Target): readonly string[] {
  const anyCluster = cluster === undefined || cluster.source === ".*";
  const others: readonly (readonly [string, Pattern | undefined])[] = [
    ["cluster", anyCluster ? undefined : cluster],
    ["path", path],
    ["resourceID", resourceID],
    ["containerName", containerName],
  ];
  return [
    ...others.flatMap(([key, pattern]) => (pattern === undefined ? [] : [`an object can't say ${key}`])),
    ...labels.map(([key]) => `an object can't say "label or annotation ${key}"; where it is a label, write objectSelector`),
  ];
}

function objectControl({ control, controlName, framework, rule, action }: ControlScope): {
  readonly faults: readonly string[];
  readonly value: Json;
} {
  return {
    faults: [
      ...(rule === null ? [] : ["an object can't name a rule (ruleName)"]),
      ...(controlName === null ? [] : ["an object names controls by their ids (controlName)"]),
    ],
    value: { controlID: control?.source ?? ".*", ...optional("frameworkName", framework?.source), action },
  };
}

function objectName(exception: Exception, namespace: string | null): string {
  const start = `${namespace ?? ""}/`;
  return namespace !== null && exception.name.startsWith(start) ? exception.name.slice(start.length) : exception.name;
}

/** Writes an exception as a SecurityException, or as a ClusterSecurityException where it is not bound to one namespace. */
export function toSecurityException(exception: Exception): Conversion {
  const { targets, controls, objectSelector, namespaceSelector, images, premises, vulnerabilities } = exception;
  const faults = new Set<string>(targets.flatMap(targetFaults));
  if (exception.object !== null) faults.add("it stands in annotations of an object, and has no other form");
  const ofTargets = exception.namespace === null ? namespaceOfTargets(targets) : exception.namespace;
  if (ofTargets === undefined) faults.add("it is about several namespaces, or some by a pattern: write an exception for each");
  const namespace = ofTargets ?? null;
  const posture = (controls.length === 0 && vulnerabilities.length === 0 ? [EVERY_CONTROL] : controls).map(objectControl);
  for (const fault of posture.flatMap((one) => one.faults)) faults.add(fault);
  const name = objectName(exception, namespace);
  if (!OBJECT_NAME.test(name))
    faults.add(`its name ${JSON.stringify(name)} is none that an object can have: lower-case letters, digits, - and .`);
  if (faults.size > 0) return { faults: [...faults] };
  // A target that is only a namespace is the whole of that namespace.
  const whole = targets.some(onlyNamespace) && namespace !== null;
  const annotations = {
    // What is bound to a namespace is about no more, whatever it says of itself.
    ...(exception.clusterWide && namespace === null ? { [SCOPE_ANNOTATION]: "cluster" } : {}),
    ...(premises.length === 0 ? {} : { [PREMISES_ANNOTATION]: JSON.stringify(premises.map(premiseObject)) }),
  };
  const match = {
    ...(namespaceSelector === null || isEmptySelector(namespaceSelector) ? {} : { namespaceSelector: selectorObject(namespaceSelector) }),
    ...(objectSelector === null || isEmptySelector(objectSelector) ? {} : { objectSelector: selectorObject(objectSelector) }),
    ...(targets.length === 0 || whole ? {} : { resources: targets.map(objectTarget) }),
    ...(images.length === 0 ? {} : { images: images.map(({ source }) => source) }),
  };
  return {
    value: {
      apiVersion: "kubescape.io/v1beta1",
      kind: namespace === null ? "ClusterSecurityException" : "SecurityException",
      metadata: { name, ...optional("namespace", namespace), ...(Object.keys(annotations).length === 0 ? {} : { annotations }) },
      spec: {
        ...optional("author", exception.author),
        reason: exception.reason,
        ...optional("expiresAt", exception.expires),
        ...(Object.keys(match).length === 0 ? {} : { match }),
        ...(posture.length === 0 ? {} : { posture: posture.map(({ value }) => value) }),
        ...(vulnerabilities.length === 0 ? {} : { vulnerabilities }),
      },
    },
  };
}

const EVERY_CONTROL: ControlScope = { control: null, controlName: null, framework: null, rule: null, action: "ignore" };
