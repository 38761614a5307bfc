// The rules answer alike where a case of the suite is told otherwise: it runs only where the shared folder is at hand.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { identityOf, type KubernetesObject, type Parameters } from "@holdfast/core";
import { evaluateRuleAlone, type RuleFinding } from "@holdfast/posture";
import { loadLibrary } from "../../apps/cli/load-library.ts";
import { sharedFolder } from "../shared-folder.ts";
import { variantsOf, type Variant } from "./variants.ts";

/** A file of the suite, without what it expects: what the case itself yields is the measure of its variants. */
interface Suite {
  readonly rule: string;
  readonly match?: readonly { readonly resources: readonly string[] }[];
  readonly cases: readonly {
    readonly name: string;
    readonly input: readonly KubernetesObject[];
    readonly data?: { readonly postureControlInputs?: Parameters; readonly dataControlInputs?: { readonly cloudProvider?: string } };
  }[];
}

/** Rules for which it matters which kind of object runs a pod, and why. */
const boundToKinds: Readonly<Record<string, string>> = {
  "exposed-sensitive-interfaces-v1": "its paths are those of the selector, which not every kind has",
  "hpa-has-target": "the autoscaler names the kind",
  "k8s-common-labels-usage": "a workload has labels of its own beside those of its pods",
  "label-usage-for-resources": "a workload has labels of its own beside those of its pods",
  "mismatching-selector": "it is about the selector, which not every kind has",
  "naked-pods": "it is about pods alone",
  "rule-can-ssh-to-pod-v1": "its path is that of the labels of the pods",
};

/** Rules for which any label will do. */
const aboutLabels = new Set(["k8s-common-labels-usage", "label-usage-for-resources"]);

function told(findings: readonly RuleFinding[], { path: place, kind }: Pick<Variant, "path" | "kind">): readonly string[] {
  const texts = findings.map(({ named, failedPaths, reviewPaths, deletePaths, fixes }) => {
    const objects = named.map((object) => identityOf(object as unknown as KubernetesObject));
    const [first = { kind: "", name: "" }] = objects;
    const translated = (paths: readonly string[]): readonly string[] => paths.map((one) => place(one, first.kind, first.name)).toSorted();
    return JSON.stringify({
      objects: objects.map((object) => [kind(object.kind, object.name), object.namespace, object.name]),
      paths: [translated(failedPaths), translated(reviewPaths), translated(deletePaths)],
      fixes: fixes.map(({ path: one, ...rest }) => [rest.kind, translated(one === undefined ? [] : [one])]),
    });
  });
  return [...new Set(texts)].toSorted();
}

const asTold = { path: (one: string): string => one, kind: (one: string): string => one };

function differences(library: Awaited<ReturnType<typeof loadLibrary>>, suite: Suite): readonly string[] {
  const { rule, match = [] } = suite;
  const kinds = new Set(rule in boundToKinds ? [] : match.flatMap(({ resources }) => resources));
  return suite.cases.flatMap(({ name, input, data }) => {
    const settings = { parameters: data?.postureControlInputs ?? {}, cloudProvider: data?.dataControlInputs?.cloudProvider ?? "" };
    const findings = (objects: readonly KubernetesObject[]): readonly RuleFinding[] => {
      const outcome = evaluateRuleAlone(library, rule, objects, settings);
      if (outcome === null || outcome.problem !== null) throw new Error(`${rule}: ${name}: ${JSON.stringify(outcome?.problem)}`);
      return outcome.findings;
    };
    const measure = findings(input);
    return variantsOf(input, kinds)
      .filter((variant) => !(aboutLabels.has(rule) && variant.name === "with labels and annotations"))
      .filter((variant) => JSON.stringify(told(findings(variant.input), asTold)) !== JSON.stringify(told(measure, variant)))
      .map((variant) => `${rule}: ${name}, ${variant.name}`);
  });
}

test.skipIf(sharedFolder === null)("a case of the suite that is told otherwise has the same answer (needs the shared folder)", async () => {
  const library = await loadLibrary();
  const folder = path.join(sharedFolder ?? "", "conformance/controls");
  const suites = readdirSync(folder).map((file) => JSON.parse(readFileSync(path.join(folder, file), "utf8")) as Suite);
  expect(suites.length).toBeGreaterThan(0);
  expect(suites.flatMap((suite) => differences(library, suite))).toEqual([]);
});
