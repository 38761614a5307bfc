import { groupOf, nearestNames, type ControlEvaluation, type Evaluation, type Resource } from "@holdfast/core";
import { judgedFrameworks } from "./apply-exceptions.ts";
import { containersOf, isNamespace, labelsOf, type Estate } from "./estate.ts";
import type { Exception, Target } from "./exception.ts";
import { isNarrowed } from "./gaps.ts";
import { isEmptySelector, selectorText, selectsLabels } from "./label-selector.ts";
import { acceptedIn, concernsControl, namesObject, selectsObject } from "./match.ts";
import { isAnything } from "./breadth.ts";
import { scopeText } from "./scope.ts";

/** Why nothing is in the scope of an exception. */
export interface InertReason {
  readonly code:
    | "vulnerabilities-only"
    | "control-not-judged"
    | "control-not-evaluated"
    | "framework-not-judged"
    | "cluster-unknown"
    | "kind-absent"
    | "name-absent"
    | "namespace-absent"
    | "cluster-scoped"
    | "namespace-labels-unknown"
    | "selector-selects-nothing"
    | "image-absent"
    | "object-not-judged"
    | "left-out"
    | "already-fixed"
    | "findings-elsewhere";
  readonly text: string;
}

/** The objects that an exception is about, whatever is found on them. */
function inScope(exception: Exception, estate: Estate): readonly number[] {
  return estate.resources.flatMap((resource, place) => {
    if (exception.object !== null) return exception.object === place ? [place] : [];
    const named = exception.targets.length === 0 || exception.targets.some((target) => namesObject(target, resource, estate));
    return named && selectsObject(exception, resource, estate) ? [place] : [];
  });
}

/** How many objects an exception is about, whatever is found on them. Images are left out: they are asked of containers. */
export function objectsInScope(exception: Exception, estate: Estate): number {
  return inScope(exception, estate).length;
}

function some(names: readonly string[]): string {
  const [first = "", ...rest] = names;
  return rest.length === 0 ? first : `${first} and ${rest.length} more`;
}

function withNearest(text: string, wanted: string, names: readonly string[]): string {
  const nearest = nearestNames(wanted, [...new Set(names)].slice(0, 1000));
  return nearest.length === 0 ? text : `${text}; there is ${nearest.join(" and ")}`;
}

/** Why no object is named by a target: the first of kind, namespace, name and the rest that leaves none. */
function absent(target: Target, estate: Estate): InertReason {
  const { kind, namespace, name, cluster, apiGroup } = target;
  if (cluster !== undefined && !isAnything(cluster) && (estate.cluster === null || !cluster.matches(estate.cluster))) {
    const actual = estate.cluster === null ? "no cluster was scanned whose name is known" : `the cluster is ${estate.cluster}`;
    return { code: "cluster-unknown", text: `it is about cluster ${cluster.source}, and ${actual}` };
  }
  let left: readonly Resource[] = estate.resources;
  const keep = (test: (resource: Resource) => boolean): boolean => {
    const next = left.filter(test);
    if (next.length === 0) return false;
    left = next;
    return true;
  };
  if (kind !== undefined && !keep((one) => kind.matches(one.kind))) {
    const text = `there is no object of the kind ${kind.source}`;
    return {
      code: "kind-absent",
      text: withNearest(
        text,
        kind.source,
        estate.resources.map((one) => one.kind),
      ),
    };
  }
  if (apiGroup !== undefined && !keep((one) => apiGroup.matches(groupOf(one.apiVersion)))) {
    const groups = [...new Set(left.map((one) => groupOf(one.apiVersion) || "the core group"))];
    return {
      code: "kind-absent",
      text: `${kind?.source ?? "what it is about"} is of ${groups.join(", ")}, not of the group ${apiGroup.source || "core"}`,
    };
  }
  if (namespace !== undefined) {
    if (left.every((one) => one.namespace === "" && isClusterScoped(one)))
      return {
        code: "cluster-scoped",
        text: `${some([...new Set(left.map((one) => one.kind))])} is in no namespace, so that one with a namespace can't be about it`,
      };
    const before = left;
    if (!keep((one) => namespace.matches(one.namespace))) {
      const text = `there is no ${kind?.source ?? "object"} in namespace ${namespace.source}`;
      return {
        code: "namespace-absent",
        text: withNearest(
          text,
          namespace.source,
          before.map((one) => one.namespace).filter((one) => one !== ""),
        ),
      };
    }
  }
  const before = left;
  if (name !== undefined && !keep((one) => name.matches(one.name))) {
    const text = `there is no ${kind?.source ?? "object"} of the name ${name.source}`;
    return {
      code: "name-absent",
      text: withNearest(
        text,
        name.source,
        before.map((one) => one.name),
      ),
    };
  }
  return { code: "selector-selects-nothing", text: "no object of that kind and name has its labels, path or id" };
}

/** Kinds of Kubernetes' own API that are in no namespace: https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/#not-all-objects-are-in-a-namespace */
const CLUSTER_KINDS: ReadonlySet<string> = new Set([
  "APIService",
  "CertificateSigningRequest",
  "ClusterRole",
  "ClusterRoleBinding",
  "CSIDriver",
  "CSINode",
  "CustomResourceDefinition",
  "FlowSchema",
  "Group",
  "IngressClass",
  "MutatingAdmissionPolicy",
  "MutatingAdmissionPolicyBinding",
  "MutatingWebhookConfiguration",
  "Namespace",
  "Node",
  "PersistentVolume",
  "PriorityClass",
  "PriorityLevelConfiguration",
  "RuntimeClass",
  "StorageClass",
  "User",
  "ValidatingAdmissionPolicy",
  "ValidatingAdmissionPolicyBinding",
  "ValidatingWebhookConfiguration",
  "VolumeAttachment",
]);

function isClusterScoped({ kind }: Resource): boolean {
  return CLUSTER_KINDS.has(kind);
}

/** Why the objects that are named are not selected. */
function notSelected(exception: Exception, named: readonly Resource[], estate: Estate): InertReason {
  const { namespace, namespaceSelector, objectSelector } = exception;
  if (namespace !== null || (namespaceSelector !== null && !isEmptySelector(namespaceSelector))) {
    const clusterScoped = named.filter((one) => isClusterScoped(one) && !isNamespace(one));
    if (clusterScoped.length === named.length)
      return {
        code: "cluster-scoped",
        text: `${some([...new Set(clusterScoped.map(({ kind }) => kind))])} is in no namespace, and it is about objects in namespaces`,
      };
  }
  if (namespace !== null && named.every((one) => one.namespace !== namespace)) {
    const text = `nothing that it is about is in namespace ${namespace}`;
    return {
      code: "namespace-absent",
      text: withNearest(
        text,
        namespace,
        named.map((one) => one.namespace).filter((one) => one !== ""),
      ),
    };
  }
  if (namespaceSelector !== null && !isEmptySelector(namespaceSelector)) {
    const inNamespaces = named.filter((one) => estate.namespaceOf(one) !== "" || !isClusterScoped(one));
    const unknown = inNamespaces.filter((one) => estate.selectsNamespace(namespaceSelector, estate.namespaceOf(one)) === "unknown");
    if (unknown.length > 0 && !named.some((one) => estate.selectsNamespace(namespaceSelector, estate.namespaceOf(one)) === "selected")) {
      const names = [...new Set(unknown.map((one) => estate.namespaceOf(one) || "(none)"))];
      return {
        code: "namespace-labels-unknown",
        text: `the labels of namespace ${some(names)} are not known: scan the Namespace objects too`,
      };
    }
    if (!named.some((one) => estate.selectsNamespace(namespaceSelector, estate.namespaceOf(one)) === "selected"))
      return { code: "selector-selects-nothing", text: `no namespace of what it is about has ${selectorText(namespaceSelector)}` };
  }
  const wanted = objectSelector === null ? "" : selectorText(objectSelector);
  const nearly = named.filter((one) => objectSelector !== null && selectsLabels(objectSelector, labelsOf(one.object)));
  return {
    code: "selector-selects-nothing",
    text: nearly.length > 0 ? "what has its labels is in other namespaces" : `nothing that it is about has the labels ${wanted}`,
  };
}

/** Why no judged control is what the exception is about; null where one is and was evaluated. */
function controlReason(exception: Exception, { controls, frameworks }: Evaluation): InertReason | readonly ControlEvaluation[] {
  const concerned = controls.filter(({ control }) => concernsControl(exception, control));
  if (concerned.length === 0) {
    const judged =
      frameworks.length === 0 ? "the controls that were judged" : `the controls of ${frameworks.map(({ id }) => id).join(", ")}`;
    const named = exception.controls.flatMap(({ control, controlName }) => control?.source ?? controlName?.source ?? []);
    return { code: "control-not-judged", text: `${some(named.length === 0 ? ["what it names"] : named)} is not among ${judged}` };
  }
  const held = concerned.filter(({ control }) =>
    control.rules.concat("").some((rule) => acceptedIn(exception, control, rule, judgedFrameworks(frameworks, control.id)) !== null),
  );
  if (held.length === 0)
    return {
      code: "framework-not-judged",
      text: "it is for a framework, and none that it names was judged with its controls: pass --framework",
    };
  const evaluated = held.filter(({ evaluations }) => evaluations.length > 0);
  if (evaluated.length > 0) return evaluated;
  const [first] = held;
  const skip = first?.skips[0];
  const why = skip === undefined ? "could not be evaluated" : `was not evaluated: ${skip.detail ?? skip.input ?? skip.reason}`;
  return { code: "control-not-evaluated", text: `${first?.control.id ?? ""} ${why}` };
}

/** Reasons that say of an object that it is not there. */
const ABSENT: ReadonlySet<InertReason["code"]> = new Set([
  "kind-absent",
  "name-absent",
  "namespace-absent",
  "selector-selects-nothing",
  "image-absent",
]);

/** Reasons that say what came of judging an object. */
const JUDGED: ReadonlySet<InertReason["code"]> = new Set([
  "control-not-evaluated",
  "object-not-judged",
  "already-fixed",
  "findings-elsewhere",
]);

/** Why nothing is in the scope of an exception that has nothing in it. What the options left out is not taken for absent, fixed or not judged by a control. */
export function inertReason(exception: Exception, evaluation: Evaluation, estate: Estate): InertReason {
  const reason = reasonOf(exception, evaluation, estate);
  const leftOut = JUDGED.has(reason.code) ? inScope(exception, estate).filter((place) => evaluation.leftOut?.has(place)) : [];
  if (leftOut.length > 0) {
    const names = leftOut
      .flatMap((place) => estate.resources[place] ?? [])
      .map(({ kind, namespace, name }) => `${kind} ${namespace === "" ? "" : `${namespace}/`}${name}`);
    return {
      code: "left-out",
      text: `${some(names)} ${names.length === 1 ? "was" : "were"} left out by the options of this run: namespaces, kinds or a selector`,
    };
  }
  if (!ABSENT.has(reason.code) || !isNarrowed(estate.gaps)) return reason;
  return { code: "left-out", text: `${reason.text}, among the objects that the options let be read of the cluster` };
}

/** Whether something that an exception is about could not be read or judged, so that nobody knows whether it has nothing in its scope. */
export function isIncomplete(exception: Exception, { controls }: Evaluation, estate: Estate): boolean {
  if (exception.controls.length === 0 && exception.vulnerabilities.length > 0) return false;
  if (estate.gaps.losses.length > 0) return true;
  return controls.some(
    ({ control, errors, evaluations }) =>
      (errors.length > 0 || evaluations.some(({ undecided = [] }) => undecided.length > 0)) && concernsControl(exception, control),
  );
}

function reasonOf(exception: Exception, evaluation: Evaluation, estate: Estate): InertReason {
  if (exception.controls.length === 0 && exception.vulnerabilities.length > 0)
    return { code: "vulnerabilities-only", text: "it is only about vulnerabilities, and this is about posture" };
  const controls = controlReason(exception, evaluation);
  if ("code" in controls) return controls;
  const { targets, images } = exception;
  const named =
    exception.object === null
      ? estate.resources.filter((one) => targets.length === 0 || targets.some((target) => namesObject(target, one, estate)))
      : [];
  if (exception.object === null && named.length === 0) {
    const [first] = targets;
    return first === undefined ? { code: "kind-absent", text: "nothing was scanned" } : absent(first, estate);
  }
  const places = inScope(exception, estate);
  if (places.length === 0) return notSelected(exception, named, estate);
  const objects = places.flatMap((place) => estate.resources[place] ?? []);
  const used = objects.flatMap(({ object }) => containersOf(object)).map(({ image }) => image);
  if (images.length > 0 && !used.some((image) => images.some((pattern) => pattern.matches(image)))) {
    const text = `no container of what it is about has the image ${images.map(({ source }) => source).join(" or ")}`;
    return { code: "image-absent", text: used.length === 0 ? text : `${text}; they have ${some([...new Set(used)])}` };
  }
  const own = new Set(places);
  const found = evaluation.findings.some(
    ({ control, resource, related }) =>
      (own.has(resource) || related.some((place) => own.has(place))) && controls.some((one) => one.control.id === control),
  );
  if (found)
    return {
      code: "findings-elsewhere",
      text: "what is found on its objects is outside of its scope: another container, image, rule or binding",
    };
  const judged = controls.some(({ evaluations }) => evaluations.some((one) => one.judged.some((place) => own.has(place))));
  if (judged) return { code: "already-fixed", text: "its objects were judged, and nothing is found on them: it is fixed" };
  return {
    code: "object-not-judged",
    text: `${controls
      .map(({ control }) => control.id)
      .slice(0, 3)
      .join(", ")} does not judge ${some([...new Set(objects.map(({ kind }) => kind))])}: ${scopeText(exception)}`,
  };
}
