import type { Baseline, ComparedFinding, ComparedResource, Inputs, Severity } from "@holdfast/core";
import { groupOf } from "@holdfast/core";

/** A finding of either of two scans that are compared. */
export interface ViewFinding {
  /** Absent where the tool that made it gives none. */
  readonly fingerprint?: string;
  readonly control: string;
  /** The rule that found it; absent where that is not known. */
  readonly rule?: string;
  readonly severity: Severity;
  readonly status: "open" | "accepted";
  readonly resource: ComparedResource;
  /** Paths of the object, as they were written. */
  readonly paths: readonly string[];
  readonly message: string;
}

/** Whether a scan looked at something; if not, why not. */
export type Looked =
  | { readonly looked: true }
  | { readonly looked: false; readonly reason: "not-judged" | "errored" | "not-covered" | "lost" | "ignored"; readonly why: string };

/** As much as a comparison needs to know of a scan, whatever made it. Objects go by `identityKey`. */
export interface ScanView {
  readonly form: Baseline["form"];
  /** RFC 3339. */
  readonly time?: string;
  /** What can and can't be compared with it. */
  readonly notes: readonly string[];
  readonly findings: readonly ViewFinding[];
  /** False where nothing at all was evaluated. */
  readonly evaluated: boolean;
  /** The paths it was given; null where they are not known. */
  readonly roots: readonly string[] | null;
  /** How many files and folders it left out; null where that is not known. */
  readonly ignored: number | null;
  /** Whether it judged by a control at all; a control that found nothing of its kinds did. */
  readonly control: (id: string) => Looked;
  /** What it said of an object by a control; null where it said nothing. */
  readonly verdict: (control: string, identity: string) => "judged" | "errored" | null;
  readonly hasResource: (identity: string) => boolean;
  /** How the objects to judge were chosen; null where all were, or where that is not known. */
  readonly selection: string | null;
  /** Whether an object was left out, or may have been, since others were chosen. */
  readonly leavesOut: (resource: ComparedResource) => boolean;
  /** What it was given and read; null where that is not known. */
  readonly inputs: Inputs | null;
  /** Whether it would have seen an object that the scan of the other inputs saw in this file; undefined for one that stands in none. */
  readonly covers: (file: string | undefined, other: Inputs | null) => Looked;
  /** A digest of a rule and its parameters; empty where the control was judged without this rule; null where nothing is known. */
  readonly rule: (control: string, rule: string) => string | null;
}

/** Objects are the same in two scans where this is: group, kind, namespace and name, neither version nor file. */
export function identityKey({ apiVersion, kind, namespace, name }: ComparedResource): string {
  return `${groupOf(apiVersion)}/${kind}/${namespace}/${name}`;
}

/** The reason of a finding that can't be compared. */
export type Reason = NonNullable<ComparedFinding["reason"]>;
