import { groupOf, parseObjectPath, type Control, type FindingDraft, type Framework, type ObjectPath, type Resource } from "@holdfast/core";
import { annotationsOf, containersOf, labelsOf, type Container, type Estate } from "./estate.ts";
import type { ControlScope, Exception, Target } from "./exception.ts";
import { meansFramework } from "./known-policies.ts";
import { isEmptySelector, selectsLabels } from "./label-selector.ts";
import { isAnything } from "./breadth.ts";

/** For which judgement an exception accepts: all, or that of some frameworks alone, by their ids. */
export type AcceptedWhere = "everywhere" | ReadonlySet<string>;

const RBAC = "rbac.authorization.k8s.io";

/** The scopes of an exception that are about a control, whatever the rule. */
function scopesFor({ controls }: Exception, control: Pick<Control, "id" | "name">): readonly ControlScope[] {
  return controls.filter((scope) => (scope.control?.matches(control.id) ?? true) && (scope.controlName?.matches(control.name) ?? true));
}

/** Whether an exception is about a control at all. One that is only about vulnerabilities is about none. */
export function concernsControl(exception: Exception, control: Pick<Control, "id" | "name">): boolean {
  if (exception.controls.length === 0) return exception.vulnerabilities.length === 0;
  return scopesFor(exception, control).length > 0;
}

/** For which judgement an exception accepts findings of a control by a rule; null for none. `frameworks` are those that are judged and have the control. */
export function acceptedIn(
  exception: Exception,
  control: Pick<Control, "id" | "name">,
  rule: string,
  frameworks: readonly Pick<Framework, "id" | "name">[],
): AcceptedWhere | null {
  if (exception.controls.length === 0) return exception.vulnerabilities.length === 0 ? "everywhere" : null;
  const ids = new Set<string>();
  for (const { framework: pattern, rule: rules } of scopesFor(exception, control)) {
    if (rules !== null && !rules.matches(rule)) continue;
    if (pattern === null) return "everywhere";
    for (const framework of frameworks) if (meansFramework(pattern, framework)) ids.add(framework.id);
  }
  return ids.size === 0 ? null : ids;
}

/**
 * The containers that a finding is about. Null where it is not about containers alone: where a path of it, or where its fix belongs, lies outside of them.
 */
function containersOfFinding(draft: FindingDraft, { object }: Resource, all: readonly Container[]): readonly Container[] | null {
  const paths = [
    ...draft.paths.map(({ path, resource }) => (resource === undefined || resource === draft.resource ? path : null)),
    ...draft.fixes.flatMap(({ path }) => path ?? []),
  ];
  const found = new Set<Container>();
  for (const path of paths) {
    const steps = path === null ? null : parseObjectPath(path, object);
    const container = steps === null ? undefined : all.find((one) => startsWith(steps, one.path));
    if (container === undefined) return null;
    found.add(container);
  }
  return found.size === 0 ? null : [...found];
}

function startsWith(path: ObjectPath, start: ObjectPath): boolean {
  return start.every((step, index) => path[index] === step);
}

/** A finding that may be in the scope of exceptions: what they ask of it is found out once. */
export class Candidate {
  readonly draft: FindingDraft;
  readonly estate: Estate;
  #containers: { readonly all: readonly Container[]; readonly own: readonly Container[] | null } | undefined;
  #objects: readonly Resource[] | undefined;

  constructor(draft: FindingDraft, estate: Estate) {
    this.draft = draft;
    this.estate = estate;
  }

  get resource(): Resource | undefined {
    return this.estate.resources[this.draft.resource];
  }

  /** The objects that a scope can name: the finding's own, and the binding and the role that give a subject its rights. */
  get objects(): readonly Resource[] {
    this.#objects ??= this.#findObjects();
    return this.#objects;
  }

  #findObjects(): readonly Resource[] {
    const { resource } = this;
    if (resource === undefined) return [];
    const rbac = this.draft.related
      .flatMap((place) => this.estate.resources[place] ?? [])
      .filter(({ apiVersion }) => groupOf(apiVersion) === RBAC);
    // Where several of a kind take part, naming one of them does not speak for the others.
    return [resource, ...rbac.filter(({ kind }) => rbac.filter((other) => other.kind === kind).length === 1)];
  }

  /** Whether a binding that holds in every namespace takes part. */
  get reachesCluster(): boolean {
    const parts = [this.draft.resource, ...this.draft.related].flatMap((place) => this.estate.resources[place] ?? []);
    return parts.some(({ kind, apiVersion }) => kind === "ClusterRoleBinding" && groupOf(apiVersion) === RBAC);
  }

  get containers(): { readonly all: readonly Container[]; readonly own: readonly Container[] | null } {
    if (this.#containers === undefined) {
      const { resource } = this;
      const all = resource === undefined ? [] : containersOf(resource.object);
      this.#containers = { all, own: resource === undefined ? null : containersOfFinding(this.draft, resource, all) };
    }
    return this.#containers;
  }
}

/** The text by which a policy names an object. */
function resourceId({ apiVersion, namespace, kind, name }: Resource): string {
  return `${apiVersion}/${namespace}/${kind}/${name}`;
}

/** Whether a target names an object. What it says of containers is not asked here. */
export function namesObject(target: Target, resource: Resource, estate: Estate): boolean {
  const { apiGroup, kind, namespace, name, cluster, path, resourceID, labels } = target;
  const own = labels.length === 0 ? null : { labels: labelsOf(resource.object), annotations: annotationsOf(resource.object) };
  return (
    (kind?.matches(resource.kind) ?? true) &&
    (name?.matches(resource.name) ?? true) &&
    (namespace?.matches(resource.namespace) ?? true) &&
    (apiGroup?.matches(groupOf(resource.apiVersion)) ?? true) &&
    (isAnything(cluster) || (estate.cluster !== null && cluster?.matches(estate.cluster) === true)) &&
    (path === undefined || (resource.file !== null && path.matches(resource.file))) &&
    (resourceID?.matches(resourceId(resource)) ?? true) &&
    labels.every(([key, pattern]) =>
      [own?.labels, own?.annotations].some((texts) => {
        const value = texts !== undefined && Object.hasOwn(texts, key) ? texts[key] : undefined;
        return typeof value === "string" && pattern.matches(value);
      }),
    )
  );
}

/** Whether an object is in the namespaces and has the labels that an exception asks for. */
export function selectsObject({ namespace, namespaceSelector, objectSelector }: Exception, resource: Resource, estate: Estate): boolean {
  if (namespace !== null && resource.namespace !== namespace) return false;
  if (
    namespaceSelector !== null &&
    !isEmptySelector(namespaceSelector) &&
    estate.selectsNamespace(namespaceSelector, estate.namespaceOf(resource)) !== "selected"
  )
    return false;
  return objectSelector === null || selectsLabels(objectSelector, labelsOf(resource.object));
}

/** Whether the containers that a finding is about have the images that an exception asks for. One that is about the whole pod is about all of them. */
function hasImages({ images }: Exception, { containers }: Candidate): boolean {
  if (images.length === 0) return true;
  const concerned = containers.own ?? containers.all;
  return concerned.length > 0 && concerned.every(({ image }) => images.some((pattern) => pattern.matches(image)));
}

function hasContainer({ containerName }: Target, { containers }: Candidate): boolean {
  return containerName === undefined || (containers.own !== null && containers.own.every(({ name }) => containerName.matches(name)));
}

/** Whether a target is about objects in some namespaces alone. */
export function boundToNamespaces({ namespace }: Target): boolean {
  return namespace !== undefined && !(isAnything(namespace) && namespace.matches(""));
}

/** Whether a finding is about an object that an exception is about. All that the exception asks must be true of one object. */
export function coversObject(exception: Exception, candidate: Candidate): boolean {
  const { object, namespace, namespaceSelector, targets, images } = exception;
  if (object !== null) return object === candidate.draft.resource;
  // What is said of namespaces says nothing of rights that hold everywhere.
  const everywhere = candidate.reachesCluster;
  if (everywhere && (namespace !== null || (namespaceSelector !== null && !isEmptySelector(namespaceSelector)))) return false;
  return candidate.objects.some((resource, index) => {
    const own = index === 0;
    return (
      (own ? hasImages(exception, candidate) : images.length === 0) &&
      selectsObject(exception, resource, candidate.estate) &&
      (targets.length === 0 ||
        targets.some(
          (target) =>
            !(everywhere && boundToNamespaces(target)) &&
            namesObject(target, resource, candidate.estate) &&
            (own ? hasContainer(target, candidate) : target.containerName === undefined),
        ))
    );
  });
}
