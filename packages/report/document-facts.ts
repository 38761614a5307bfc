// What the page and the document say in the same words.
import type { ClusterInput, ExceptionSummary, Finding, Result } from "@holdfast/core";
import { countText } from "./pretty/count-text.ts";
import { resourceLabel } from "./resource-label.ts";

type Facts = readonly (readonly [name: string, value: string])[];

function number(value: number): string {
  return value.toLocaleString("en-US");
}

/** What was scanned, by name: the paths as they were given, or the cluster. */
export function scopeName({ inputs: { roots, cluster } }: Result): string {
  if (cluster !== undefined) return `cluster ${cluster.context}`;
  return roots.map((root) => (root === "-" ? "standard input" : root)).join(", ");
}

function clusterFacts({ context, server, version, namespaces, selector, workload, account }: ClusterInput): Facts {
  const { included, excluded } = namespaces;
  const left = excluded.length === 0 ? "" : `, without ${excluded.join(", ")}`;
  return [
    ["Cluster", `${context}, ${server}, ${version}`],
    ["Namespaces", `${included.length === 0 ? "all" : included.join(", ")}${left}`],
    ...(selector === undefined ? [] : [["Labels", selector] as const]),
    ...(workload === undefined ? [] : [["Object", workload] as const]),
    ["Lists", `${number(account.lists)} read to their end, ${number(account.lost)} lost`],
    [
      "Objects",
      `${number(account.listed)} listed: ${number(account.produced)} judged or judged by, ${number(account.owned)} that repeat their owner, ${number(account.repeated)} listed twice, ${number(account.dropped)} dropped`,
    ],
  ];
}

/** What was given and what became of it. */
export function scopeFacts(result: Result): Facts {
  const { account, cluster, renderers = [], rendered = [] } = result.inputs;
  const { files, ignored, documents, produced, resources, notKubernetes, lost, partial } = account;
  if (cluster !== undefined) return [["Scope", scopeName(result)], ...clusterFacts(cluster)];
  return [
    ["Scope", scopeName(result)],
    ["Files", `${number(files)} read, ${countText(ignored, "file or folder", "files and folders")} ignored on request`],
    [
      "Documents",
      `${number(documents)}: ${number(produced)} with Kubernetes objects, ${number(notKubernetes)} without, ${number(lost)} that could not be read`,
    ],
    ["Kubernetes objects", number(resources)],
    ["Read in part", countText(partial, "document")],
    ...(rendered.length === 0 ? [] : [["Rendered", rendered.map(({ kind, name }) => `${kind} ${name}`).join(", ")] as const]),
    ...(renderers.length === 0 ? [] : [["Rendered with", renderers.map(({ name, version }) => `${name} ${version}`).join(", ")] as const]),
  ];
}

const STATES: Readonly<Record<string, string>> = {
  partial: "not read in all namespaces",
  forbidden: "may not be read",
  failed: "could not be read",
  vanished: "was deleted meanwhile",
  excluded: "left out on request",
};

/** What the input names and is not in the result: what could not be expanded, and kinds of the cluster that were not read; each with why. */
export function notReadFacts({ inputs: { notExpanded = [], cluster } }: Result): Facts {
  const kinds = (cluster?.kinds ?? []).flatMap(({ group, kind, state, detail }) => {
    const why = STATES[state];
    return why === undefined
      ? []
      : [[`${kind}${group === "" ? "" : ` (${group})`}`, detail === undefined ? why : `${why}: ${detail}`] as const];
  });
  return [...notExpanded.map(({ kind, name, file, reason }) => [`${kind} ${name} in ${file}`, reason] as const), ...kinds];
}

const STATUS_WORDS: Readonly<Record<NonNullable<ExceptionSummary["status"]>, string>> = {
  active: "applied",
  expired: "expired: not applied",
  "premise-failed": "a condition fails: not applied",
  "not-given": "found, not given: not applied",
};

/** Whether an exception applied; null where the result does not say. */
export function exceptionState({ status, accepts }: ExceptionSummary): string | null {
  if (status === undefined) return null;
  return status === "active" && accepts === 0 ? "applied, accepts nothing now" : STATUS_WORDS[status];
}

/** What is accepted, as a sentence. */
export function acceptedText({ exceptions, summary }: Result): string {
  const idle = exceptions.filter(({ status }) => status !== undefined && status !== "active").length;
  const without =
    idle === 0 ? "" : ` ${countText(idle, "exception")} did not apply, and the findings in ${idle === 1 ? "its" : "their"} scope are open.`;
  const used = exceptions.filter(({ status, accepts }) => accepts > 0 && (status === undefined || status === "active")).length;
  return `${countText(summary.accepted, "finding")} accepted by ${countText(used, "exception")}. Accepted findings don't count as failed in the compliance, and do in the strict compliance.${without}`;
}

/** That exceptions accept an open finding in some frameworks; null where none does. */
export function partlyAcceptedText({ status, acceptedIn = [] }: Finding, { exceptions }: Result): string | null {
  if (status !== "open" || acceptedIn.length === 0) return null;
  const where = acceptedIn.map(({ framework, exception }) => `${framework} by ${exceptions[exception]?.id ?? "an exception"}`);
  return `accepted in ${where.join(", in ")}; open in the other frameworks`;
}

/** A finding of a comparison, and what there is to say of it. */
export interface ComparedRow {
  readonly status: string;
  readonly severity: string;
  readonly control: string;
  readonly resource: string;
  readonly message: string;
}

/** What is new, what is gone and what can't be compared: all that the baseline does not have in the same way. */
export function comparedRows({ comparison }: Result): readonly ComparedRow[] {
  const told = new Set(["new", "resolved", "incomparable"]);
  return (comparison?.findings ?? [])
    .filter(({ status }) => told.has(status))
    .map(({ status, severity, control, resource, message, why }) => {
      const label = resourceLabel({ ...resource, status: "failed", findings: 0 });
      return { status, severity, control, resource: label, message: why === undefined ? message : `${message} (${why})` };
    });
}

/** How the scan stands beside its baseline, as sentences; none where there is no baseline. */
export function comparisonTexts({ comparison }: Result): readonly string[] {
  if (comparison === undefined) return [];
  const { baseline, counts } = comparison;
  const when = baseline.time === undefined ? "" : ` of ${baseline.time}`;
  const all = `Compared with ${baseline.file}${when}: ${number(counts.new)} new, ${number(counts.resolved)} resolved, ${number(counts.unchanged)} unchanged, ${number(counts.accepted)} accepted, ${number(counts.incomparable)} that can't be compared.`;
  return [all, ...baseline.notes];
}

/** What of a lock file holds no longer, as sentences; none where there is no such file. */
export function ratchetTexts({ ratchet }: Result): readonly string[] {
  if (ratchet === undefined) return [];
  const { file, facts, breaches } = ratchet;
  const head =
    breaches.length === 0
      ? `All ${countText(facts, "fact")} of ${file} hold.`
      : `${countText(breaches.length, "fact")} of ${file} hold${breaches.length === 1 ? "s" : ""} no longer.`;
  return [
    head,
    ...breaches.map(({ message, changed }) => (changed.length === 0 ? message : `${message} Changed since: ${changed.join(", ")}.`)),
  ];
}
