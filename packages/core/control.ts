import type { ControlHelp, FrameworkSection, Severity } from "./result.ts";

/** A control: what a page of `library/controls` says. */
export interface Control {
  readonly id: string;
  readonly name: string;
  /** The base score, 0 to 10; null where a user's rule names none. */
  readonly score: number | null;
  readonly severity: Severity;
  readonly category: string;
  readonly subCategory?: string;
  /** Kinds of target that can answer it: `cluster`, `file`, `cloud`, `EKS`, … */
  readonly scope: readonly string[];
  readonly tags: readonly string[];
  readonly rules: readonly string[];
  readonly attackTracks: readonly { readonly track: string; readonly categories: readonly string[] }[];
  readonly mitre: readonly string[];
  readonly parameters: readonly string[];
  readonly help: ControlHelp;
}

/** Which objects a rule is given. `group` is `*` for any; any version counts. */
export interface KindPattern {
  readonly group: string;
  readonly kind: string;
}

/** The inputs that files of an application do not hold; `manual` is the judgement of a person. */
export const NEEDED_INPUTS = [
  "control-plane-pods",
  "host-data",
  "cloud",
  "node-objects",
  "image-vulnerabilities",
  "image-signatures",
  "api-server-info",
  "parameters",
  "service-scans",
  "manual",
] as const;

/** One of them. */
export type NeededInput = (typeof NEEDED_INPUTS)[number];

/** Files of a node whose places are not Kubernetes' own: those that kubeadm makes on a control plane node, and the unit by which the system starts the kubelet. */
export const HOST_LAYOUTS = ["kubeadm", "kubelet-service"] as const;

/** One of them. */
export type HostLayout = (typeof HOST_LAYOUTS)[number];

/** A rule: what the metadata of a `rule.rego` says. */
export interface RuleDescription {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly kinds: readonly KindPattern[];
  readonly needs: NeededInput | null;
  readonly aggregate: "subject-role-rolebinding" | "apiserver-pod" | null;
  /** Cloud providers that it is about (`EKS`, `AKS`, `GKE`); empty for all. */
  readonly clouds: readonly string[];
  /** The files that it is about, where distributions of Kubernetes without them can't be judged by it; null for a rule about anything else. */
  readonly layout: HostLayout | null;
  /** The rule that took its place: where a control names both, a scan evaluates only that one. */
  readonly supersededBy: string | null;
  readonly parameters: readonly string[];
  /** A digest of its text and of all modules it is evaluated with. */
  readonly digest: string;
}

/** A framework: its controls in sections. */
export interface Framework {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly sections: readonly FrameworkSection[];
}

/** A way that an attack may take, from its first step; each step opens those that come next. */
export interface AttackTrack {
  readonly name: string;
  readonly start: AttackStep;
}

/** A step of an attack track. Controls name it as a category of the track; no other step of the track has its name. */
export interface AttackStep {
  readonly name: string;
  /** Whether vulnerabilities of images open it too: without data on them, nobody knows that it is closed. */
  readonly checksVulnerabilities: boolean;
  readonly next: readonly AttackStep[];
}

/** Values of the parameters of rules, by name; all are strings, as peers write them. */
export type Parameters = Readonly<Record<string, readonly string[]>>;

/** A parameter of rules: what `library/parameters.yaml` says of it. */
export interface ParameterDescription {
  readonly name: string;
  readonly meaning: string;
  readonly form: "strings" | "regexes" | "quantities" | "number";
  readonly default: readonly string[];
}

/** What is known about security, without the rules' code. */
export interface Library {
  readonly controls: readonly Control[];
  readonly rules: readonly RuleDescription[];
  readonly frameworks: readonly Framework[];
  readonly parameters: readonly ParameterDescription[];
  readonly attackTracks: readonly AttackTrack[];
  /** A digest of all of it. */
  readonly digest: string;
}
