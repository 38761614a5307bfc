import { describe, expect, test } from "vitest";
import type { ObjectSelection, Ratchet, Result } from "@holdfast/core";
import { judgeGates } from "../gates/judge-gates.ts";
import { scanEstate, type SampleEstate, type SampleScan } from "../testing/sample-estate.ts";
import { applyRatchet } from "./ratchet.ts";
import { readLock } from "./read-lock.ts";

const ESTATE: SampleEstate = {
  files: [
    { file: "apps/a/one.yaml", pods: [{ name: "one", faults: ["C-2"] }] },
    {
      file: "apps/b/two.yaml",
      pods: [
        { name: "two", faults: ["C-2"] },
        { name: "three", faults: [] },
      ],
    },
  ],
  controls: ["C-1", "C-2"],
  frameworks: [{ id: "nsa", controls: ["C-1", "C-2"] }],
};

const TEXT =
  applyRatchet({ file: "holdfast.lock", lock: null, controls: [], update: true }, scanEstate(ESTATE, { frameworks: ["nsa"] })).text ?? "";

function hold(
  result: Result,
  more: { readonly update?: boolean; readonly reason?: string } = {},
): { readonly ratchet: Ratchet; readonly text: string | null } {
  const read = readLock(TEXT);
  if ("faults" in read) throw new Error("the lock can't be read");
  const loosen = more.reason === undefined ? {} : { loosen: { reason: more.reason } };
  return applyRatchet({ file: "holdfast.lock", ...read, update: more.update === true, ...loosen }, result);
}

/** The pods of the estate with other faults. */
function changed(faults: Readonly<Record<string, readonly string[]>>): SampleEstate {
  return {
    ...ESTATE,
    files: ESTATE.files.map(({ file, pods }) => ({
      file,
      pods: pods.map((pod) => ({ name: pod.name, faults: faults[pod.name] ?? pod.faults })),
    })),
  };
}

function messages(estate: SampleEstate, scan: SampleScan = {}): readonly string[] {
  return hold(scanEstate(estate, { frameworks: ["nsa"], ...scan })).ratchet.breaches.map(({ kind, message }) => `${kind}: ${message}`);
}

test("a control that had no finding has one, while the scan as a whole is better than it was", () => {
  const estate = changed({ one: ["C-1"], two: [] });
  const result = scanEstate(estate, { frameworks: ["nsa"] });
  expect(result.summary.compliance).toBeGreaterThanOrEqual(66);
  expect(messages(estate)).toEqual([
    "zero: control C-1 (control C-1) had no open finding and has 1, because of 1 open finding: medium C-1 Pod shop/one (apps/a/one.yaml:1); a regression: library, renderers and exceptions are those of the floor",
  ]);
});

test("a score below its floor names the difference, and what was changed beside the manifests", () => {
  const estate = changed({ three: ["C-2"] });
  const [control, framework] = messages(estate);
  expect(control).toMatch(
    /^score: the compliance of control C-2 \(control C-2\) is 0 %, 33\.33 % below its floor of 33\.33 %, because of 3 open findings: .*; a regression/u,
  );
  expect(framework).toMatch(/^score: the compliance of framework nsa is 50 %/u);
  const [other] = messages(estate, { library: "library-2", renderers: [{ name: "helm", version: "v4" }] });
  expect(other).toMatch(/maybe no regression of the manifests: there is another library of controls \(library-1 before, library-2 now\)$/u);
});

test("a renderer of another version and an exception that applies no more are told, what was added is not", () => {
  const accepting = (result: Result, ...ids: readonly string[]): Result => ({
    ...result,
    exceptions: ids.map((id) => ({ id, reason: "r", accepts: 0 })),
  });
  const helm = (version: string): SampleScan => ({ renderers: [{ name: "helm", version }] });
  const made = applyRatchet({ file: "l", lock: null, controls: [], update: true }, accepting(scanEstate(ESTATE, helm("v3")), "vendor"));
  const read = readLock(made.text ?? "");
  if ("faults" in read) throw new Error("the lock can't be read");
  const whences = (result: Result): readonly (readonly string[])[] =>
    applyRatchet({ file: "l", ...read, update: false }, result).ratchet.breaches.map(({ changed: what }) => what);
  const worse = changed({ three: ["C-2"] });
  expect(whences(accepting(scanEstate(worse, helm("v3")), "vendor", "another"))).toEqual([[], []]);
  expect(whences(scanEstate(worse, helm("v4")))[0]).toEqual([
    "another version of the renderer helm (v3 before, v4 now)",
    "an exception that applies no more: vendor",
  ]);
});

test("a framework that accepts what others do not has a floor of its own", () => {
  const scoped = (result: Result): Result => {
    const findings = result.findings.map((finding) => ({ ...finding, acceptedIn: [{ framework: "nsa", exception: 0 }] }));
    return { ...result, findings, frameworks: result.frameworks.map((one) => ({ ...one, compliance: 100 })) };
  };
  const result = scanEstate(ESTATE, { frameworks: ["nsa"] });
  const made = applyRatchet({ file: "l", lock: null, controls: [], update: true }, scoped(result));
  expect(made.text).toContain("control C-2 framework nsa compliance 100\n");
  const read = readLock(made.text ?? "");
  if ("faults" in read) throw new Error(JSON.stringify(read.faults));
  const held = (now: Result, reason?: string): ReturnType<typeof applyRatchet> =>
    applyRatchet({ file: "l", ...read, update: reason !== undefined, ...(reason === undefined ? {} : { loosen: { reason } }) }, now);
  expect(held(scoped(result)).ratchet.breaches).toEqual([]);
  // The exception is gone.
  const told = held(result).ratchet.breaches.map(({ kind, message }) => `${kind}: ${message}`);
  expect(told[0]).toMatch(
    /^score: the compliance in framework nsa of control C-2 \(control C-2\) is 33\.33 %, 66\.66 % below its floor of 100 %/u,
  );
  expect(told[1]).toMatch(/^score: the compliance of framework nsa is 66\.66 %, 33\.33 % below its floor of 100 %/u);
  const after = readLock(held(result, "for a test").text ?? "");
  if ("faults" in after) throw new Error(JSON.stringify(after.faults));
  expect(applyRatchet({ file: "l", ...after, update: false }, result).ratchet.breaches).toEqual([]);
});

describe("looking at less", () => {
  test.each<[string, SampleScan, RegExp]>([
    ["another root", { roots: ["apps/a"] }, /^less: looked at less: the root \. was covered before and is not now/u],
    [
      "a folder",
      { ignored: ["apps/b/two.yaml"] },
      /^less: looked at less: of the folder apps\/b none gave objects, and 1 file did before/u,
    ],
    ["ignore files", { ignored: ["apps/b/two.yaml"] }, /^less: looked at less: ignore files leave out 1 file or folder, and left out 0/u],
    [
      "a file that can't be read",
      { lost: ["apps/b/two.yaml"] },
      /^less: .*coverage of the scan is 50 %, and was 100 %, because of yaml-syntax in apps\/b\/two\.yaml/u,
    ],
    ["a framework", { frameworks: [] }, /^less: looked at less: framework nsa was judged before and is not now/u],
    ["a control", { controls: ["C-1"] }, /^less: looked at less: control C-2 was judged before and is not now: it was not asked for/u],
    [
      "a control whose evaluation fails",
      { failing: ["C-2"] },
      /^less: looked at less: control C-2 \(control C-2\) was judged before and is not now: its evaluation failed/u,
    ],
    ["a kind", { kind: "Gadget" }, /^less: looked at less: no object of kind Pod was judged/u],
  ])("%s", (_, scan, wanted) => {
    const told = messages(ESTATE, scan);
    expect(
      told.some((message) => wanted.test(message)),
      told.join("\n"),
    ).toBe(true);
  });

  test("a chart that is rendered no more, or that other values take objects from", () => {
    const web = { kind: "chart", name: "web", file: "charts/web", files: [], resources: 2, problems: 0 };
    const made = applyRatchet({ file: "l", lock: null, controls: [], update: true }, scanEstate(ESTATE, { rendered: [web] }));
    const told = (text: string, resources: number): readonly string[] => {
      const read = readLock(text);
      if ("faults" in read) throw new Error("the lock can't be read");
      const now = scanEstate(ESTATE, { rendered: [{ ...web, resources }] });
      return applyRatchet({ file: "l", ...read, update: false }, now).ratchet.breaches.map(({ message }) => message);
    };
    const lock = made.text ?? "";
    expect(told(lock, 0)).toEqual(["looked at less: the chart web was covered before and is not now (charts/web)"]);
    expect(told(lock, 1)).toEqual(["looked at less: 1 object came out of the chart web (charts/web), and 2 did before"]);
    expect([...told(lock, 2), ...told(lock, 3)]).toEqual([]);
    // Without a number one object is enough.
    const without = lock.replace("charts/web web 2", "charts/web web");
    expect(without).not.toBe(lock);
    expect([told(without, 1), told(without, 0).length]).toEqual([[], 1]);
  });
});

test("of a cluster: a namespace that is not there any more, and another choice of objects", () => {
  const account = { files: 0 };
  const from = (estate: SampleEstate, selector?: string): Result => {
    const result = scanEstate(estate);
    const namespaces = { included: [], excluded: [] };
    const cluster = {
      context: "prod",
      server: "s",
      version: "v1.34.0",
      namespaces,
      kinds: [],
      account,
      ...(selector === undefined ? {} : { selector }),
    };
    return {
      ...result,
      inputs: { ...result.inputs, kind: "cluster", cluster: cluster as unknown as NonNullable<Result["inputs"]["cluster"]> },
    };
  };
  const made = applyRatchet({ file: "l", lock: null, controls: [], update: true }, from(ESTATE));
  const read = readLock(made.text ?? "");
  if ("faults" in read) throw new Error(JSON.stringify(read.faults));
  const told = (result: Result): readonly string[] =>
    applyRatchet({ file: "l", ...read, update: false }, result).ratchet.breaches.map(({ message }) => message);
  expect(told(from(ESTATE))).toEqual([]);
  expect(told(from(ESTATE, "app=web"))).toEqual([
    "looked at less: all objects were judged before, and now only those chosen by labels:app=web",
  ]);
  const moved = from(ESTATE);
  expect(told({ ...moved, resources: moved.resources.map((resource) => ({ ...resource, namespace: "other" })) })).toEqual([
    "looked at less: the namespace shop was covered before and is not now",
  ]);
});

test("more is no breach: another root above, another folder, another framework", () => {
  const more = {
    ...ESTATE,
    files: [...ESTATE.files, { file: "apps/c/new.yaml", pods: [{ name: "new", faults: [] }] }],
    frameworks: [...ESTATE.frameworks, { id: "two", controls: ["C-1"] }],
  };
  expect(messages(more, { frameworks: ["nsa", "two"] })).toEqual([]);
});

test("an update that would loosen writes nothing; with a reason it writes each fact down", () => {
  const worse = scanEstate(changed({ three: ["C-1"] }), { frameworks: ["nsa"] });
  const refused = hold(worse, { update: true });
  expect(refused).toMatchObject({ text: null, ratchet: { update: { outcome: "refused" } } });
  const loosened = hold(worse, { update: true, reason: "three needs it until 2027" });
  expect(loosened.ratchet.update.outcome).toBe("loosened");
  expect(loosened.text).toContain('loosened "control C-1 findings" zero none "three needs it until 2027"\n');
  expect(loosened.text).toContain("control C-1 compliance 66.66666666666667\n");
  // C-2 is as it was.
  expect(loosened.text).toContain("control C-2 compliance 33.333333333333336\n");
});

test("no data is no data: nothing is said and nothing is written", () => {
  const nothing = scanEstate({ ...ESTATE, files: [] }, { frameworks: ["nsa"] });
  const { ratchet, text } = hold(nothing, { update: true, reason: "for a test" });
  expect({ breaches: ratchet.breaches, text }).toEqual({ breaches: [], text: null });
  expect(judgeGates({}, { ...nothing, ratchet })).toMatchObject([
    { gate: "ratchet", outcome: "no-data", message: expect.stringContaining("left as it is") as string },
  ]);
});

test("the gate names the first facts and their findings", () => {
  const result = scanEstate(changed({ three: ["C-1", "C-2"] }), { frameworks: ["nsa"] });
  const [gate] = judgeGates({}, { ...result, ratchet: hold(result).ratchet });
  expect(gate).toMatchObject({ gate: "ratchet", wanted: 0, actual: 4, outcome: "breached" });
  expect(gate?.message).toMatch(/^ratchet holdfast\.lock breached: 4 facts are not kept: control C-1 .* had no open finding and has 1/u);
  expect(gate?.causes.length).toBe(4);
});

test.each<[string, Partial<ObjectSelection>, string]>([
  ["namespaces", { namespaces: { included: ["shop"], excluded: [] } }, "+shop"],
  ["kinds", { kinds: { included: [], excluded: ["jobs"] } }, "-kind:jobs"],
  ["labels", { selector: "all" }, "labels:all"],
])("objects that are left out by %s are looked at less, and all of them keep any choice", (_, part, text) => {
  const whole = scanEstate(ESTATE, { frameworks: ["nsa"] });
  const none = { included: [], excluded: [] };
  const chosen = { ...whole, inputs: { ...whole.inputs, selection: { namespaces: none, kinds: none, ...part } } };
  const { ratchet } = hold(chosen, { update: true });
  expect(ratchet.breaches.map(({ kind, message }) => `${kind}: ${message}`)).toEqual([
    `less: looked at less: all objects were judged before, and now only those chosen by ${text}`,
  ]);
  const lock = readLock(applyRatchet({ file: "l", lock: null, controls: [], update: true }, chosen).text ?? "");
  if ("faults" in lock) throw new Error("the lock can't be read");
  for (const result of [chosen, whole]) expect(applyRatchet({ file: "l", ...lock, update: false }, result).ratchet.breaches).toEqual([]);
});

test("other parameters are a breach, that only a reason releases", () => {
  const whole = scanEstate(ESTATE, { frameworks: ["nsa"] });
  const other = { ...whole, inputs: { ...whole.inputs, parameters: { names: ["memory_limit_max"], digest: "0123456789abcdef" } } };
  const { ratchet, text } = hold(other, { update: true });
  expect(ratchet.breaches.map(({ message }) => message)).toEqual(["judged by other parameters: memory_limit_max was different before"]);
  expect(text).toBeNull();
  const released = hold(other, { update: true, reason: "agreed" }).text ?? "";
  expect(released).toContain("\ninput parameters 0123456789abcdef\n");
  const lock = readLock(released);
  if ("faults" in lock) throw new Error("the lock can't be read");
  expect(applyRatchet({ file: "l", ...lock, update: false }, other).ratchet.breaches).toEqual([]);
  expect(applyRatchet({ file: "l", ...lock, update: false }, whole).ratchet.breaches.map(({ message }) => message)).toEqual([
    "judged by other parameters: all are the library's now, and were not before",
  ]);
});
