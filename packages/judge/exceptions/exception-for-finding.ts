import { groupOf, type FindingDraft, type ResourceIdentity } from "@holdfast/core";
import type { Exception } from "./exception.ts";
import { quotePattern, readPattern, type Pattern } from "./pattern.ts";

/** What a person says of an exception that is made for a finding. */
export interface ExceptionDetails {
  /** Made of the control and the object where it is not given. */
  readonly name?: string;
  readonly reason: string;
  readonly author?: string;
  /** RFC 3339. */
  readonly expires?: string;
}

function exactly(text: string): Pattern {
  const pattern = readPattern(quotePattern(text));
  // Of a text that no pattern can mean, nothing is accepted.
  return "fault" in pattern ? { source: text, matches: (other) => other === text, literal: true } : pattern;
}

/** The object that an exception for a finding names: the finding's own; for rights, the binding that gives them. */
function namedObject(
  finding: Pick<FindingDraft, "resource" | "related">,
  resources: readonly ResourceIdentity[],
): ResourceIdentity | undefined {
  const bindings = finding.related
    .flatMap((place) => resources[place] ?? [])
    .filter(({ apiVersion, kind }) => groupOf(apiVersion) === "rbac.authorization.k8s.io" && kind.endsWith("Binding"));
  const [binding] = bindings;
  return bindings.length === 1 && binding !== undefined ? binding : resources[finding.resource];
}

function sameObject(one: ResourceIdentity, other: ResourceIdentity | undefined): boolean {
  return (
    other !== undefined &&
    groupOf(one.apiVersion) === groupOf(other.apiVersion) &&
    one.kind === other.kind &&
    one.namespace === other.namespace &&
    one.name === other.name
  );
}

/** The object that an exception for a finding names, and all findings of the control that are about it or get their rights by it: it accepts them too. */
export function acceptedWith<F extends Pick<FindingDraft, "control" | "resource" | "related">>(
  finding: F,
  findings: readonly F[],
  resources: readonly ResourceIdentity[],
): { readonly object: ResourceIdentity | undefined; readonly findings: readonly F[] } {
  const object = namedObject(finding, resources);
  if (object === undefined) return { object, findings: [] };
  const about = ({ resource, related }: F): boolean => [resource, ...related].some((place) => sameObject(object, resources[place]));
  return { object, findings: findings.filter((one) => one.control === finding.control && about(one)) };
}

function nameOf(control: string, { name }: ResourceIdentity): string {
  const text = `${control}-${name}`.toLowerCase().replace(/[^a-z0-9.-]+/gu, "-");
  return text.slice(0, 200).replace(/^[^a-z0-9]+|[^a-z0-9]+$/gu, "");
}

/** The narrowest exception that every form can say and that has a finding in its scope: its control, on the one object. Null where the object has no name. */
export function exceptionForFinding(
  finding: Pick<FindingDraft, "control" | "resource" | "related">,
  resources: readonly ResourceIdentity[],
  { name, reason, author, expires }: ExceptionDetails,
): Exception | null {
  const object = namedObject(finding, resources);
  if (object === undefined || object.name === "") return null;
  const { apiVersion, kind, namespace } = object;
  const own = name ?? nameOf(finding.control, object);
  return {
    name: namespace === "" ? own : `${namespace}/${own}`,
    form: namespace === "" ? "ClusterSecurityException" : "SecurityException",
    file: null,
    line: null,
    reason,
    author: author ?? null,
    expires: expires ?? null,
    controls: [{ control: exactly(finding.control), controlName: null, framework: null, rule: null, action: "ignore" }],
    targets: [
      {
        ...(groupOf(apiVersion) === "" ? {} : { apiGroup: exactly(groupOf(apiVersion)) }),
        kind: exactly(kind),
        name: exactly(object.name),
        labels: [],
      },
    ],
    namespace: namespace === "" ? null : namespace,
    namespaceSelector: null,
    objectSelector: null,
    images: [],
    object: null,
    clusterWide: false,
    premises: [],
    vulnerabilities: [],
  };
}
