import type { ControlScope, Exception, Target } from "./exception.ts";
import type { Fields } from "./fields.ts";
import { knownPattern, namesOf, type KnownPolicies } from "./known-policies.ts";
import { readLabelSelector } from "./label-selector.ts";
import { readPremisesText } from "./premises/premise.ts";

/** What stands in `metadata` of objects, as people write them and as clusters return them. */
const METADATA_KEYS = [
  "name",
  "namespace",
  "labels",
  "annotations",
  "creationTimestamp",
  "deletionGracePeriodSeconds",
  "deletionTimestamp",
  "finalizers",
  "generateName",
  "generation",
  "managedFields",
  "ownerReferences",
  "resourceVersion",
  "selfLink",
  "uid",
];

/** An annotation that says that an exception is about the whole cluster (`cluster`). */
export const SCOPE_ANNOTATION = "holdfast.dev/scope";
/** An annotation with the premises of an exception, as JSON. */
export const PREMISES_ANNOTATION = "holdfast.dev/premises";

const JUSTIFICATIONS = [
  "component_not_present",
  "vulnerable_code_not_present",
  "vulnerable_code_not_in_execute_path",
  "vulnerable_code_cannot_be_controlled_by_adversary",
  "inline_mitigations_already_exist",
];

function readTarget(fields: Fields): Target {
  fields.allow(["apiGroup", "kind", "name"]);
  if (!fields.has("kind")) fields.fault(null, "kind is missing");
  const kind = fields.pattern("kind");
  const name = fields.pattern("name");
  const apiGroup = fields.groupPattern("apiGroup");
  return {
    ...(apiGroup === undefined ? {} : { apiGroup }),
    ...(kind === undefined ? {} : { kind }),
    ...(name === undefined ? {} : { name }),
    labels: [],
  };
}

function readControl(fields: Fields, names: ReturnType<typeof namesOf>): ControlScope {
  fields.allow(["controlID", "frameworkName", "action"]);
  if (!fields.has("controlID")) fields.fault(null, "controlID is missing");
  const action = fields.requiredText("action");
  if (action !== undefined && action !== "ignore" && action !== "alert_only")
    fields.fault("action", `the action is ${JSON.stringify(action)}; it is ignore or alert_only`);
  return {
    control: knownPattern(fields, "controlID", "control", names.ids),
    controlName: null,
    framework: knownPattern(fields, "frameworkName", "framework", names.frameworks),
    rule: null,
    action: action === "alert_only" ? "alert_only" : "ignore",
  };
}

/** Reads what is said of a vulnerability only to say what is wrong with it. */
function checkVulnerability(fields: Fields): void {
  fields.allow(["vulnerability", "status", "justification", "impactStatement", "expiredOnFix"]);
  const vulnerability = fields.object("vulnerability");
  if (vulnerability === undefined) fields.fault(null, "vulnerability is missing");
  vulnerability?.allow(["id", "aliases"]);
  vulnerability?.requiredText("id");
  vulnerability?.texts("aliases");
  const status = fields.requiredText("status");
  if (status !== undefined && !["not_affected", "fixed", "under_investigation"].includes(status))
    fields.fault("status", `the status is ${JSON.stringify(status)}; it is not_affected, fixed or under_investigation`);
  const justification = fields.text("justification");
  if (justification !== undefined && !JUSTIFICATIONS.includes(justification))
    fields.fault("justification", `the justification is ${JSON.stringify(justification)}; it is one of ${JUSTIFICATIONS.join(", ")}`);
  if (status === "not_affected" && justification === undefined) fields.fault(null, "not_affected needs a justification");
  fields.text("impactStatement");
  fields.boolean("expiredOnFix");
}

/** What the annotations of an exception say of it. */
function readAnnotations(metadata: Fields | undefined): Pick<Exception, "clusterWide" | "premises"> {
  const annotations = metadata?.object("annotations");
  if (annotations === undefined) return { clusterWide: false, premises: [] };
  const known = [SCOPE_ANNOTATION, PREMISES_ANNOTATION];
  for (const key of Object.keys(annotations.value))
    if (key.startsWith("holdfast.dev/") && !known.includes(key))
      annotations.fault(key, `unknown annotation ${key}; there are ${known.join(" and ")}`);
  const scope = annotations.text(SCOPE_ANNOTATION);
  if (scope !== undefined && scope !== "cluster")
    annotations.fault(SCOPE_ANNOTATION, `${SCOPE_ANNOTATION} is ${JSON.stringify(scope)}; it can only be cluster`);
  const premises = annotations.text(PREMISES_ANNOTATION);
  return {
    clusterWide: scope === "cluster",
    premises: premises === undefined ? [] : readPremisesText(premises, (message) => annotations.fault(PREMISES_ANNOTATION, message)),
  };
}

/** The name of a SecurityException or ClusterSecurityException: that of a namespaced one has its namespace in front. */
export function securityExceptionName(object: Readonly<Record<string, unknown>>): string | null {
  const metadata = object["metadata"];
  if (typeof metadata !== "object" || metadata === null) return null;
  const { name, namespace } = metadata as { readonly name?: unknown; readonly namespace?: unknown };
  if (typeof name !== "string" || name === "") return null;
  return object["kind"] === "SecurityException" && typeof namespace === "string" ? `${namespace}/${name}` : name;
}

/** Reads an object of the group kubescape.io/v1beta1. What is wrong with it is noted, and then what is returned must not be used. */
export function readSecurityException(object: Fields, known: KnownPolicies): Omit<Exception, "file" | "line"> {
  const namespaced = object.get("kind") === "SecurityException";
  object.allow(["apiVersion", "kind", "metadata", "spec", "status"]);
  const version = object.get("apiVersion");
  if (version !== "kubescape.io/v1beta1")
    object.fault("apiVersion", `apiVersion is ${JSON.stringify(version)}; expected kubescape.io/v1beta1`);
  const metadata = object.object("metadata");
  metadata?.allow(METADATA_KEYS);
  const name = metadata?.requiredText("name");
  if (metadata === undefined) object.fault(null, "metadata is missing");
  const namespace = metadata?.text("namespace");
  if (namespaced && metadata !== undefined && (namespace ?? "") === "")
    metadata.fault(null, "a SecurityException holds in one namespace, and this one names none: write metadata.namespace");
  if (!namespaced && namespace !== undefined) metadata?.fault("namespace", "a ClusterSecurityException has no namespace");
  const said = readAnnotations(metadata);
  if (namespaced && said.clusterWide)
    metadata?.fault("annotations", "a SecurityException holds in its namespace; only a ClusterSecurityException can be about the cluster");

  const spec = object.object("spec");
  if (spec === undefined) object.fault(null, "spec is missing");
  spec?.allow(["author", "reason", "expiresAt", "match", "vulnerabilities", "posture"]);
  const reason = spec?.requiredText("reason") ?? "";
  const match = spec?.object("match");
  match?.allow([...(namespaced ? [] : ["namespaceSelector"]), "objectSelector", "resources", "images"]);
  const names = namesOf(known);
  const controls = (spec?.objects("posture") ?? []).map((one) => readControl(one, names));
  const vulnerabilities = spec?.objects("vulnerabilities") ?? [];
  for (const one of vulnerabilities) checkVulnerability(one);
  if (spec !== undefined && controls.length + vulnerabilities.length === 0)
    spec.fault(null, "it names neither posture nor vulnerabilities");
  const selector = (key: string) => {
    const fields = match?.object(key);
    return fields === undefined ? null : readLabelSelector(fields);
  };
  return {
    name: securityExceptionName(object.value) ?? name ?? "",
    form: namespaced ? "SecurityException" : "ClusterSecurityException",
    reason,
    author: spec?.text("author") ?? null,
    expires: spec?.time("expiresAt") ?? null,
    controls,
    targets: (match?.objects("resources") ?? []).map(readTarget),
    namespace: namespaced ? (namespace ?? "") : null,
    namespaceSelector: namespaced ? null : selector("namespaceSelector"),
    objectSelector: selector("objectSelector"),
    images: match?.patterns("images") ?? [],
    object: null,
    ...said,
    vulnerabilities: vulnerabilities.map(({ value }) => value),
  };
}
