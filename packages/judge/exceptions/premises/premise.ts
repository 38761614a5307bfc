import { isEmptySelector, readLabelSelector, selectorObject, selectorText, type LabelSelector } from "../label-selector.ts";
import type { Pattern } from "../pattern.ts";
import { Fields, didYouMean, type NoteFault } from "../fields.ts";

/** A condition of an exception, checked at each scan. Where it does not hold or can't be checked, the exception does not apply. */
export type Premise = NamespaceMutated | RoleBoundLocally | ImageAbsent;

/** A mutating policy is applied to every pod that is made in these namespaces. */
export interface NamespaceMutated {
  readonly kind: "namespace-mutated";
  readonly namespaces: readonly string[];
  /** The name of the policy or webhook configuration; any will do where it is null. */
  readonly policy: string | null;
}

/** A role is bound by RoleBindings, and by no ClusterRoleBinding. */
export interface RoleBoundLocally {
  readonly kind: "role-bound-by-rolebindings-only";
  readonly role: string;
}

/** No workload of some namespaces has an image. */
export interface ImageAbsent {
  readonly kind: "image-absent";
  readonly image: Pattern;
  readonly namespaces: readonly string[];
  readonly namespaceSelector: LabelSelector | null;
}

const KINDS = ["namespace-mutated", "role-bound-by-rolebindings-only", "image-absent"] as const;

function readNamespaces(fields: Fields): readonly string[] | null {
  const namespaces = fields.texts("namespaces");
  if (!namespaces.includes("")) return namespaces;
  fields.fault("namespaces", "a namespace is empty");
  return null;
}

function readMutated(fields: Fields): readonly NamespaceMutated[] {
  fields.allow(["kind", "namespaces", "policy"]);
  const namespaces = readNamespaces(fields);
  if (namespaces?.length === 0) fields.fault(null, "namespace-mutated names no namespaces");
  const policy = fields.has("policy") ? fields.requiredText("policy") : null;
  return namespaces === null || namespaces.length === 0 || policy === undefined ? [] : [{ kind: "namespace-mutated", namespaces, policy }];
}

function readRole(fields: Fields): readonly RoleBoundLocally[] {
  fields.allow(["kind", "role"]);
  const role = fields.requiredText("role");
  return role === undefined ? [] : [{ kind: "role-bound-by-rolebindings-only", role }];
}

function readAbsent(fields: Fields): readonly ImageAbsent[] {
  fields.allow(["kind", "image", "namespaces", "namespaceSelector"]);
  if (!fields.has("image")) fields.fault(null, "image is missing");
  const image = fields.pattern("image");
  const namespaces = readNamespaces(fields);
  const selector = fields.object("namespaceSelector");
  const namespaceSelector = selector === undefined ? null : readLabelSelector(selector);
  const selects = namespaceSelector !== null && !isEmptySelector(namespaceSelector);
  if (namespaces?.length === 0 && !selects) fields.fault(null, "image-absent names no namespaces: give namespaces or a namespaceSelector");
  else if (image !== undefined && namespaces !== null)
    return [{ kind: "image-absent", image, namespaces, namespaceSelector: selects ? namespaceSelector : null }];
  return [];
}

function readPremise(fields: Fields): readonly Premise[] {
  const written = fields.requiredText("kind");
  switch (written) {
    case "namespace-mutated":
      return readMutated(fields);
    case "role-bound-by-rolebindings-only":
      return readRole(fields);
    case "image-absent":
      return readAbsent(fields);
    case undefined:
      return [];
    default:
      fields.fault("kind", `unknown premise ${JSON.stringify(written)}${didYouMean(written, KINDS) || `; there are ${KINDS.join(", ")}`}`);
      return [];
  }
}

/** Reads the list of premises of an exception. */
export function readPremises(fields: readonly Fields[]): readonly Premise[] {
  return fields.flatMap(readPremise);
}

/** Reads premises that are written as JSON within an annotation; all faults are those of the annotation. */
export function readPremisesText(text: string, note: (message: string) => void): readonly Premise[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    note("the premises are no JSON");
    return [];
  }
  if (!Array.isArray(value)) {
    note("the premises are no list");
    return [];
  }
  const noteAt: NoteFault = (path, message) => note(`premise ${Number(path[0] ?? 0) + 1}: ${message}`);
  return readPremises(value.flatMap((one: unknown, index) => Fields.of(one, [index], noteAt) ?? []));
}

/** A premise as it is written in JSON. */
export function premiseObject(premise: Premise): Readonly<Record<string, unknown>> {
  switch (premise.kind) {
    case "namespace-mutated":
      return { kind: premise.kind, namespaces: premise.namespaces, ...(premise.policy === null ? {} : { policy: premise.policy }) };
    case "role-bound-by-rolebindings-only":
      return { kind: premise.kind, role: premise.role };
    case "image-absent":
      return {
        kind: premise.kind,
        image: premise.image.source,
        ...(premise.namespaces.length === 0 ? {} : { namespaces: premise.namespaces }),
        ...(premise.namespaceSelector === null ? {} : { namespaceSelector: selectorObject(premise.namespaceSelector) }),
      };
  }
}

/** A premise in words. */
export function premiseText(premise: Premise): string {
  switch (premise.kind) {
    case "namespace-mutated":
      return `${premise.namespaces.join(", ")} covered by ${premise.policy === null ? "a mutating policy" : `the mutating policy ${premise.policy}`}`;
    case "role-bound-by-rolebindings-only":
      return `${premise.role} bound by RoleBindings only`;
    case "image-absent": {
      const selected = premise.namespaceSelector === null ? [] : [`namespaces with ${selectorText(premise.namespaceSelector)}`];
      return `no image ${premise.image.source} in ${[...premise.namespaces, ...selected].join(", ")}`;
    }
  }
}
