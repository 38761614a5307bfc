import { makeProblem, type Problem, type ProblemCatalogue, type Resource } from "@holdfast/core";
import type { Exception } from "./exception.ts";
import { didYouMean, isTime } from "./fields.ts";
import type { KnownPolicies } from "./known-policies.ts";
import { readPattern, type Pattern } from "./pattern.ts";
import { annotationsOf } from "./estate.ts";

/** What can be wrong with exceptions that others wrote, and that must not end a scan. */
export const EXCEPTION_PROBLEMS: ProblemCatalogue<"inline-exception" | "cluster-exception" | "cluster-exceptions-unread"> = {
  "inline-exception": {
    stage: "judge",
    effect: "degraded",
    title: "An inline exception can't be understood",
    explanation:
      "An object has annotations that should leave controls out (skip-controls), and something is wrong with them: a control that does not exist, no reason, an expiry that is no time. Nothing of it is applied: its findings stay open.",
    remedy: "Correct the annotations, or take them off. docs/how-to/exceptions.md shows their form.",
  },
  "cluster-exception": {
    stage: "judge",
    effect: "degraded",
    title: "An exception of the cluster can't be applied",
    explanation:
      "A SecurityException or ClusterSecurityException of the cluster that was scanned can't be understood, or is about everything without saying so. It is not applied: its findings stay open.",
    remedy: "Correct the object in the cluster, or delete it.",
  },
  "cluster-exceptions-unread": {
    stage: "judge",
    effect: "degraded",
    title: "The exceptions of the cluster could not be read",
    explanation:
      "The cluster has SecurityExceptions or ClusterSecurityExceptions, and the account may not list them, or the server failed to. What they accept is shown as open.",
    remedy: "Allow the account to list securityexceptions and clustersecurityexceptions of kubescape.io.",
  },
};

const PREFIXES = ["kubescape.io/", "holdfast.dev/"] as const;
const KEYS = ["skip-controls", "skip-reason", "skip-expiry"] as const;

/** Whether an object has annotations that mean to leave controls out. */
export function hasInlineException({ object }: Pick<Resource, "object">): boolean {
  const annotations = annotationsOf(object);
  return PREFIXES.some((prefix) => Object.keys(annotations).some((key) => key.startsWith(`${prefix}skip-`)));
}

/** How an inline exception is called: by its object. */
export function inlineName({ kind, namespace, name }: Resource): string {
  return `${kind} ${namespace === "" ? "" : `${namespace}/`}${name} (annotations)`;
}

interface Read {
  readonly exception: Exception | null;
  readonly faults: readonly string[];
}

function readControls(text: string, known: KnownPolicies, faults: string[]): readonly Pattern[] {
  const ids = text
    .split(",")
    .map((id) => id.trim())
    .filter((id) => id !== "");
  if (ids.length === 0) faults.push("skip-controls names no control");
  const names = known.controls.map(({ id }) => id);
  return ids.flatMap((id) => {
    const control = names.find((one) => one.toLowerCase() === id.toLowerCase());
    const pattern = control === undefined ? null : readPattern(control, "insensitive");
    if (pattern !== null && !("fault" in pattern)) return [pattern];
    faults.push(`unknown control ${JSON.stringify(id)}${didYouMean(id, names)}`);
    return [];
  });
}

function readOne(resource: Resource, place: number, known: KnownPolicies): Read {
  const annotations = annotationsOf(resource.object);
  const faults: string[] = [];
  const values = new Map<string, string>();
  for (const prefix of PREFIXES) {
    for (const [key, value] of Object.entries(annotations)) {
      if (!key.startsWith(`${prefix}skip-`)) continue;
      const short = key.slice(prefix.length);
      if (!KEYS.some((one) => one === short)) faults.push(`unknown annotation ${key}${didYouMean(short, KEYS)}`);
      else if (typeof value !== "string") faults.push(`${key} is no text`);
      else if (values.has(short)) faults.push(`${short} stands there as kubescape.io/${short} and as holdfast.dev/${short}`);
      else values.set(short, value);
    }
  }
  const controls = values.get("skip-controls");
  const reason = values.get("skip-reason")?.trim() ?? "";
  const expires = values.get("skip-expiry")?.trim() ?? null;
  if (controls === undefined) faults.push("skip-controls is missing");
  const patterns = controls === undefined ? [] : readControls(controls, known, faults);
  if (reason === "") faults.push("skip-reason is missing");
  if (expires !== null && !isTime(expires))
    faults.push(`skip-expiry is ${JSON.stringify(expires)}; expected a time in RFC 3339, such as 2027-01-31T00:00:00Z`);
  if (faults.length > 0) return { exception: null, faults };
  const exception: Exception = {
    name: inlineName(resource),
    form: "annotation",
    file: resource.file,
    line: resource.line,
    reason,
    author: null,
    expires,
    controls: patterns.map((control) => ({ control, controlName: null, framework: null, rule: null, action: "ignore" })),
    targets: [],
    namespace: null,
    namespaceSelector: null,
    objectSelector: null,
    images: [],
    object: place,
    clusterWide: false,
    premises: [],
    vulnerabilities: [],
  };
  return { exception, faults };
}

/** Reads what objects say of themselves in annotations (`kubescape.io/skip-controls`, `skip-reason`, `skip-expiry`, or with `holdfast.dev/`). What can't be understood is a problem, and not applied. */
export function readInlineExceptions(
  resources: readonly Resource[],
  known: KnownPolicies,
): { readonly exceptions: readonly Exception[]; readonly problems: readonly Problem[] } {
  const exceptions: Exception[] = [];
  const problems: Problem[] = [];
  for (const [place, resource] of resources.entries()) {
    if (!hasInlineException(resource)) continue;
    const { exception, faults } = readOne(resource, place, known);
    if (exception !== null) exceptions.push(exception);
    const { file, line } = resource;
    const where = { ...(file === null ? {} : { file }), ...(line === null ? {} : { line }) };
    if (faults.length > 0)
      problems.push(
        makeProblem(EXCEPTION_PROBLEMS, "inline-exception", { subject: inlineName(resource), cause: faults.join("; "), ...where }),
      );
  }
  return { exceptions, problems };
}
