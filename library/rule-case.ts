import type { Fix, KubernetesObject, Parameters } from "@holdfast/core";
import { identityOf } from "@holdfast/core";
import type { RuleFinding } from "@holdfast/posture";

/** A case of a rule: an element of `cases.yaml`. */
export interface RuleCase {
  readonly name: string;
  readonly input: readonly KubernetesObject[];
  /** Parameters that differ from their defaults. */
  readonly parameters?: Parameters;
  /** The provider of the cluster (`EKS`, `AKS`, `GKE`), for rules that ask for it; none where it is left out. */
  readonly cloudProvider?: string;
  /** What the registries of the images say, for rules that ask for signatures: the public keys (PEM) of an image's signatures, or null where a registry gives no answer. */
  readonly signatures?: Readonly<Record<string, readonly string[] | null>>;
  /** The objects that count as judged, as `Kind/namespace/name`, where the rule has a filter; those with findings are among them. Not compared where it is left out. */
  readonly judged?: readonly string[];
  /** The findings; none means that the input passes. */
  readonly expect: readonly ExpectedFinding[];
}

/** A finding that a case expects. A list that is left out is empty; of a fix that a person must choose only the path is compared. */
export interface ExpectedFinding {
  /** `Kind/namespace/name`; `none` where a person is asked about no object at all. */
  readonly object: string;
  readonly failed?: readonly string[];
  readonly review?: readonly string[];
  readonly delete?: readonly string[];
  readonly fix?: readonly ({ readonly path: string; readonly value: unknown } | { readonly path: string; readonly choose: true })[];
}

function sorted(items: readonly string[]): readonly string[] {
  return items.toSorted();
}

function fixText(fix: Fix): readonly string[] {
  if (fix.kind === "choose") return [`${fix.path}: choose`];
  return fix.kind === "set" ? [`${fix.path} = ${JSON.stringify(fix.value)}`] : [];
}

function text(object: string, paths: Readonly<Record<string, readonly string[]>>): string {
  return [object, ...Object.entries(paths).flatMap(([kind, list]) => sorted([...new Set(list)]).map((path) => `  ${kind} ${path}`))].join("\n");
}

function objectText(object: KubernetesObject | null): string {
  if (object === null) return "none";
  const { kind, namespace, name } = identityOf(object);
  return `${kind}/${namespace}/${name}`;
}

/** The findings of a case in one comparable form: a text each, sorted. A path to review or delete may be named as failed too, so it is not one of the failed. */
export function foundTexts(findings: readonly RuleFinding[]): readonly string[] {
  return sorted(
    findings.map(({ object, failedPaths, reviewPaths, deletePaths, fixes }) => {
      const other = new Set([...reviewPaths, ...deletePaths]);
      return text(objectText(object as unknown as KubernetesObject | null), {
        failed: failedPaths.filter((path) => !other.has(path)),
        review: reviewPaths,
        delete: deletePaths,
        fix: fixes.flatMap(fixText),
      });
    }),
  );
}

/** What a case expects, in the same form. */
export function expectedTexts(expect: readonly ExpectedFinding[]): readonly string[] {
  return sorted(
    expect.map((one) => {
      const other = new Set([...(one.review ?? []), ...(one.delete ?? [])]);
      return text(one.object, {
        failed: (one.failed ?? []).filter((path) => !other.has(path)),
        review: one.review ?? [],
        delete: one.delete ?? [],
        fix: (one.fix ?? []).flatMap((fix) => fixText("choose" in fix ? { kind: "choose", path: fix.path } : { kind: "set", path: fix.path, value: fix.value })),
      });
    }),
  );
}
