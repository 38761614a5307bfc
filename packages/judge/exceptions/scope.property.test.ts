// No exception accepts a finding outside of its stated scope, and none raises strict compliance. The oracle reads the exceptions as they are written, and is as plain as can be.
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Evaluation, KubernetesObject } from "@holdfast/core";
import { judge } from "../judge.ts";
import { sampleControl, sampleEvaluation, sampleFinding, sampleResource } from "../sample-evaluation.ts";
import { applyExceptions } from "./apply-exceptions.ts";
import { toPolicy, toSecurityException } from "./convert-exception.ts";
import type { Exception } from "./exception.ts";
import { sampleExceptions } from "./testing/sample-exceptions.ts";

const NAMES = ["web", "db", "web2"];
const SPACES = ["shop", "bank", ""];
const KINDS = ["Deployment", "Pod"];
const IMAGES = ["web:1", "db:1"];
const TEAMS = ["red", "blue", null];
const CONTROLS = ["C-0001", "C-0002"];
const NOW = Date.parse("2026-06-01T00:00:00Z");

interface Thing {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
  readonly team: string | null;
  readonly images: readonly [string, string];
}

/** Where findings are: in one of the two containers, or in the pod. */
type Where = 0 | 1 | "pod";

interface Found {
  readonly control: string;
  readonly thing: number;
  readonly where: Where;
}

function objectOf({ kind, name, namespace, team, images }: Thing): KubernetesObject {
  const spec = { containers: images.map((image, index) => ({ name: `c${index}`, image })) };
  return {
    apiVersion: kind === "Pod" ? "v1" : "apps/v1",
    kind,
    metadata: { name, ...(namespace === "" ? {} : { namespace }), ...(team === null ? {} : { labels: { team } }) },
    spec: kind === "Pod" ? spec : { template: { spec } },
  };
}

function pathOf(kind: string, where: Where): string {
  const spec = kind === "Pod" ? "spec" : "spec.template.spec";
  return where === "pod" ? `${spec}.hostPID` : `${spec}.containers[${where}].image`;
}

const thing: fc.Arbitrary<Thing> = fc.record({
  kind: fc.constantFrom(...KINDS),
  name: fc.constantFrom(...NAMES),
  namespace: fc.constantFrom(...SPACES),
  team: fc.constantFrom(...TEAMS),
  images: fc.tuple(fc.constantFrom(...IMAGES), fc.constantFrom(...IMAGES)),
});

/** A pattern, and the texts that it means by the words of its author. */
interface Meant {
  readonly pattern: string;
  readonly texts: readonly string[];
}

function meant(texts: readonly string[]): fc.Arbitrary<Meant> {
  return fc.subarray([...texts], { minLength: 1 }).map((some) => ({ pattern: some.join("|"), texts: some }));
}

/** An exception of any form, as it is written and as a person would say it. */
interface Written {
  readonly value: unknown;
  readonly covers: (finding: Found, thing: Thing, labels: ReadonlyMap<string, string>) => boolean;
}

function has<T>(meaning: { readonly texts: readonly T[] } | undefined, text: T): boolean {
  return meaning === undefined || meaning.texts.includes(text);
}

function imagesAt({ images }: Thing, where: Where): readonly string[] {
  return where === "pod" ? images : [images[where]];
}

const framework = fc.constantFrom(undefined, "nsa", "MITRE");

const object: fc.Arbitrary<Written> = fc
  .record(
    {
      namespaced: fc.boolean(),
      space: fc.constantFrom("shop", "bank"),
      control: meant(CONTROLS),
      framework,
      resources: fc.array(fc.record({ kind: meant(KINDS), name: fc.option(meant(NAMES), { nil: undefined }) }), { maxLength: 2 }),
      images: fc.array(meant(IMAGES), { maxLength: 2 }),
      team: fc.constantFrom(undefined, "red", "blue"),
      spaceTeam: fc.constantFrom(undefined, "red", "blue"),
    },
    { noNullPrototype: true },
  )
  .map((one): Written => {
    const match = {
      resources: one.resources.map(({ kind, name }) => ({ kind: kind.pattern, ...(name === undefined ? {} : { name: name.pattern }) })),
      images: one.images.map(({ pattern }) => pattern),
      ...(one.team === undefined ? {} : { objectSelector: { matchLabels: { team: one.team } } }),
      ...(one.spaceTeam === undefined || one.namespaced
        ? {}
        : { namespaceSelector: { matchExpressions: [{ key: "team", operator: "In", values: [one.spaceTeam] }] } }),
    };
    const posture = [
      { controlID: one.control.pattern, action: "ignore", ...(one.framework === undefined ? {} : { frameworkName: one.framework }) },
    ];
    return {
      value: {
        apiVersion: "kubescape.io/v1beta1",
        kind: one.namespaced ? "SecurityException" : "ClusterSecurityException",
        metadata: one.namespaced ? { name: "x", namespace: one.space } : { name: "x", annotations: { "holdfast.dev/scope": "cluster" } },
        spec: { reason: "for a test", match, posture },
      },
      covers: (finding, { kind, name, namespace, team, ...rest }, labels) =>
        has(one.control, finding.control) &&
        (!one.namespaced || namespace === one.space) &&
        (one.resources.length === 0 || one.resources.some((resource) => has(resource.kind, kind) && has(resource.name, name))) &&
        (one.images.length === 0 ||
          imagesAt({ kind, name, namespace, team, ...rest }, finding.where).every((image) =>
            one.images.some((each) => has(each, image)),
          )) &&
        (one.team === undefined || team === one.team) &&
        (one.spaceTeam === undefined || one.namespaced || labels.get(namespace) === one.spaceTeam),
    };
  });

const policy: fc.Arbitrary<Written> = fc
  .record({
    control: fc.option(meant(CONTROLS), { nil: undefined }),
    targets: fc.array(
      fc.record({
        kind: fc.option(meant(KINDS), { nil: undefined }),
        name: fc.option(meant(NAMES), { nil: undefined }),
        namespace: fc.option(meant(["shop", "bank"]), { nil: undefined }),
        team: fc.option(meant(["red", "blue"]), { nil: undefined }),
        containerName: fc.option(meant(["c0", "c1"]), { nil: undefined }),
        // There is always one, so that no designator is empty.
        apiGroup: fc.constantFrom("apps", ".*"),
      }),
      { maxLength: 2 },
    ),
  })
  .map(({ control, targets }): Written => {
    const written = (target: (typeof targets)[number]) =>
      Object.fromEntries(
        Object.entries(target).flatMap(([key, value]) =>
          value === undefined ? [] : [[key, typeof value === "string" ? value : value.pattern]],
        ),
      );
    return {
      value: [
        {
          name: "x",
          policyType: "postureExceptionPolicy",
          reason: "for a test",
          attributes: { clusterWide: true },
          posturePolicies: control === undefined ? [] : [{ controlID: control.pattern }],
          resources: targets.map((target) => ({ designatorType: "Attributes", attributes: written(target) })),
        },
      ],
      covers: (finding, { kind, name, namespace, team }) =>
        has(control, finding.control) &&
        (targets.length === 0 ||
          targets.some(
            (target) =>
              has(target.kind, kind) &&
              has(target.name, name) &&
              has(target.namespace, namespace) &&
              (target.team === undefined || (team !== null && has(target.team, team))) &&
              (target.containerName === undefined || (finding.where !== "pod" && has(target.containerName, `c${finding.where}`))) &&
              (target.apiGroup === ".*" || kind === "Deployment"),
          )),
    };
  });

const estate = fc
  .record({
    things: fc.array(thing, { minLength: 1, maxLength: 5 }),
    labels: fc.dictionary(fc.constantFrom("shop", "bank"), fc.constantFrom("red", "blue")),
  })
  .chain(({ things, labels }) =>
    fc.record({
      things: fc.constant(things),
      labels: fc.constant(new Map(Object.entries(labels))),
      found: fc.uniqueArray(
        fc.record({ control: fc.constantFrom(...CONTROLS), thing: fc.nat(things.length - 1), where: fc.constantFrom<Where>(0, 1, "pod") }),
        { maxLength: 8, selector: (one) => JSON.stringify(one) },
      ),
      frameworks: fc.constantFrom<readonly string[]>([], ["nsa"], ["mitre", "nsa"]),
    }),
  );

const FRAMEWORKS: Evaluation["frameworks"] = [
  { id: "mitre", name: "MITRE", description: "", sections: [{ id: "a", title: "", controls: ["C-0001"] }] },
  { id: "nsa", name: "NSA", description: "", sections: [{ id: "a", title: "", controls: ["C-0001", "C-0002"] }] },
];

function evaluationOf({
  things,
  labels,
  found,
  frameworks,
}: {
  readonly things: readonly Thing[];
  readonly labels: ReadonlyMap<string, string>;
  readonly found: readonly Found[];
  readonly frameworks: readonly string[];
}): Evaluation {
  const namespaces = [...labels].map(([name, team]) => ({ apiVersion: "v1", kind: "Namespace", metadata: { name, labels: { team } } }));
  const judged = things.map((_, place) => place);
  return sampleEvaluation(
    0,
    CONTROLS.map((id) => ({ control: sampleControl(id), judged })),
    {
      resources: [...things.map(objectOf), ...namespaces].map((one) => sampleResource(one)),
      findings: found.map(({ control, thing: place, where }) => sampleFinding(control, place, pathOf(things[place]?.kind ?? "", where))),
      frameworks: FRAMEWORKS.filter(({ id }) => frameworks.includes(id)),
    },
  );
}

/** The frameworks that a written exception is for; null for all. */
function frameworkOf({ value }: Written): string | null {
  const spec = (value as { readonly spec?: { readonly posture: readonly { readonly frameworkName?: string }[] } }).spec;
  return spec?.posture[0]?.frameworkName?.toLowerCase() ?? null;
}

test("an exception accepts exactly the findings in its stated scope", () => {
  let accepted = 0;
  fc.assert(
    fc.property(estate, fc.oneof(object, policy), (scene, written) => {
      const evaluation = evaluationOf(scene);
      const { findings } = applyExceptions(evaluation, sampleExceptions(written.value), { now: NOW });
      const only = frameworkOf(written);
      for (const [place, found] of scene.found.entries()) {
        const own = scene.things[found.thing];
        const covered = own !== undefined && written.covers(found, own, scene.labels);
        const holders = evaluation.frameworks.filter(({ sections }) => sections[0]?.controls.includes(found.control)).map(({ id }) => id);
        const everywhere = covered && (only === null || (holders.length > 0 && holders.every((id) => id === only)));
        const acceptance = findings.get(place);
        expect(acceptance !== undefined && acceptance.acceptedBy !== null).toBe(everywhere);
        expect(acceptance?.acceptedIn.map((one) => one.framework) ?? []).toEqual(
          covered && only !== null && holders.includes(only) ? [only] : [],
        );
        if (everywhere) accepted++;
      }
    }),
    { numRuns: 400 },
  );
  // The property must have had something to say.
  expect(accepted).toBeGreaterThan(50);
});

test("a converted exception accepts the very same findings, or is refused", () => {
  let conversions = 0;
  fc.assert(
    fc.property(estate, fc.oneof(object, policy), (scene, written) => {
      const evaluation = evaluationOf(scene);
      const [exception] = sampleExceptions(written.value);
      if (exception === undefined) throw new Error("no exception");
      for (const convert of [toPolicy, toSecurityException]) {
        const conversion = convert(exception);
        if ("faults" in conversion) continue;
        conversions++;
        const other = sampleExceptions(convert === toPolicy ? [conversion.value] : conversion.value);
        const accepted = (list: readonly Exception[]) => [...applyExceptions(evaluation, list, { now: NOW }).findings];
        expect(accepted(other)).toEqual(accepted([exception]));
      }
    }),
    { numRuns: 300 },
  );
  expect(conversions).toBeGreaterThan(100);
});

test("another exception never raises strict compliance, and never takes a finding away", () => {
  fc.assert(
    fc.property(estate, fc.array(fc.oneof(object, policy), { minLength: 1, maxLength: 3 }), (scene, written) => {
      const evaluation = evaluationOf(scene);
      const exceptions = written.flatMap(({ value }) => sampleExceptions(value));
      const judged = [...exceptions.keys(), exceptions.length].map((count) =>
        judge(evaluation, { version: "0", gates: {}, acceptance: applyExceptions(evaluation, exceptions.slice(0, count), { now: NOW }) }),
      );
      for (const [at, result] of judged.entries()) {
        const before = judged[at - 1];
        if (before === undefined) continue;
        expect(result.findings.map(({ fingerprint }) => fingerprint)).toEqual(before.findings.map(({ fingerprint }) => fingerprint));
        expect(result.summary.strictCompliance ?? 0).toBeLessThanOrEqual(before.summary.strictCompliance ?? 0);
        for (const [place, { strictCompliance }] of [...result.controls, ...result.frameworks].entries())
          expect(strictCompliance ?? 0).toBeLessThanOrEqual([...before.controls, ...before.frameworks][place]?.strictCompliance ?? 0);
        const passed = (one: typeof result) => one.verdicts.filter(({ status }) => status === "passed").length;
        expect(passed(result)).toBe(passed(before));
        expect(result.summary.findings).toBeLessThanOrEqual(before.summary.findings);
      }
    }),
    { numRuns: 150 },
  );
});
