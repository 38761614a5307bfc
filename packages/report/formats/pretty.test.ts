import type { Result } from "@holdfast/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { placeText } from "../pretty/place-text.ts";
import { displayWidth } from "../terminal/display-width.ts";
import { unpainted } from "../terminal/painter.ts";
import { arbitraryResult } from "../testing/arbitrary-result.ts";
import { buildResult } from "../testing/build-result.ts";
import { handMadeResults } from "../testing/hand-made-results.ts";
import { pretty } from "./pretty.ts";
import { testFormat, textOf } from "./tester.ts";

function handMade(name: string): Result {
  return handMadeResults[name] as Result;
}

function numberIn(text: string, pattern: RegExp): number {
  return Number((pattern.exec(text)?.[1] ?? "0").replaceAll(",", ""));
}

testFormat(
  "pretty",
  pretty,
  (text) => numberIn(text, /^([\d,]+) findings?:/mu) + numberIn(text, /; ([\d,]+)\s+more\s+findings? accepted/u),
);

/** Texts that a line may be wider for: they are there to be clicked and copied. */
function unbreakable(result: Result): readonly string[] {
  const files = [
    ...result.findings.flatMap(({ source, edit, paths }) => [source, edit, ...paths]),
    ...result.resources,
    ...result.problems,
  ];
  return [
    ...files.flatMap((one) => (one?.file === undefined ? [] : [placeText({ file: one.file })])),
    ...result.problems.map(({ subject }) => subject),
  ];
}

describe("width", () => {
  test.each([40, 60, 80, 100, 200])("no line is wider than %i columns, but one that holds a place", (width) => {
    const tooWide = [false, true].flatMap((verbose) =>
      Object.values(handMadeResults).flatMap((result) => {
        const places = unbreakable(result);
        const lines = textOf(pretty, result, { width, verbose }).split("\n");
        return lines.filter((line) => displayWidth(line) > width && !places.some((place) => line.includes(place)));
      }),
    );
    expect(tooWide).toEqual([]);
  });

  test("a width that is none is taken for a narrow terminal", () => {
    expect(textOf(pretty, handMade("findings"), { width: Number.NaN })).toBe(textOf(pretty, handMade("findings"), { width: 40 }));
    expect(textOf(pretty, handMade("findings"), { width: 7 })).toBe(textOf(pretty, handMade("findings"), { width: 40 }));
  });
});

describe("colours", () => {
  test("none unless they are wanted", () => {
    for (const result of Object.values(handMadeResults)) expect(textOf(pretty, result)).not.toContain("\u001B");
  });

  test("with them the text is the same", () => {
    fc.assert(
      fc.property(arbitraryResult, (result) => {
        const lines = (text: string): readonly string[] => text.split("\n").map((line) => line.trimEnd());
        expect(lines(unpainted(textOf(pretty, result, { color: true })))).toEqual(lines(textOf(pretty, result)));
      }),
      { numRuns: 60 },
    );
    const painted = textOf(pretty, handMade("findings"), { color: true });
    expect(painted).not.toBe(unpainted(painted));
  });
});

describe("quiet", () => {
  test("says nothing when all is well", () => {
    expect(textOf(pretty, handMade("calm"), { quiet: true })).toBe("");
  });

  test("says which gates do not hold, and nothing of those that do", () => {
    const text = textOf(pretty, handMade("findings"), { quiet: true });
    expect(text).toContain("severity-threshold high breached");
    expect(text).not.toContain("coverage-threshold");
    expect(text).not.toContain("C-0057  Privileged");
  });

  test("says what was lost, and that there is no data", () => {
    expect(textOf(pretty, handMade("losses"), { quiet: true })).toContain("deploy/broken.yaml:12:3");
    expect(textOf(pretty, handMade("empty"), { quiet: true })).toContain("no data: nothing could be judged");
  });
});

describe("the page", () => {
  test("begins with score, coverage and reach", () => {
    expect(textOf(pretty, handMade("findings")).split("\n")[0]).toBe(
      "NSA   compliance 81.9 % (strict 79 %)   coverage 100 %   reach 6 of 8 controls",
    );
  });

  test("what almost is 100 does not read as 100, and no data does not read as a number", () => {
    expect(textOf(pretty, handMade("losses")).split("\n")[0]).toContain("compliance 99.9 %");
    expect(textOf(pretty, handMade("empty")).split("\n")[0]).toContain("compliance no data   coverage no data");
  });

  test("is calm when all is well", () => {
    const text = textOf(pretty, handMade("calm"));
    expect(text).toContain("no findings");
    expect(text.split("\n").length).toBeLessThan(20);
  });

  test("does not call a scan clean that lost something", () => {
    expect(textOf(pretty, handMade("losses"))).toContain("no findings in what could be judged");
    expect(textOf(pretty, handMade("losses"))).not.toMatch(/no findings$/mu);
  });

  test("shows a few of many findings, says how many more there are, and shows all when asked", () => {
    const text = textOf(pretty, handMade("many"));
    expect(text.split("\n").length).toBeLessThan(70);
    expect(text).toContain("and 21 more findings:");
    expect(text).toContain("… 16 more: --verbose shows all, --format json has all");
    expect(textOf(pretty, handMade("many"), { verbose: true }).match(/> 14 \| {11}resources:/gu)).toHaveLength(24);
  });

  test("what several controls find is shown once in full, and counted under each", () => {
    const text = textOf(pretty, handMade("shared"));
    expect(text.match(/> 19 \| {13}privileged: true/gu)).toHaveLength(1);
    expect(text).toMatch(/^HIGH {2}C-0057 .* 2 findings .*$/mu);
    expect(text).toContain("\n  and 1 more finding shown above, under C-0211\n");
    expect(text).toMatch(/^LOW {2}C-0017 .* 1 finding .*\n {2}shown above, under C-0038$/mu);
    expect(text.match(/^ {2}shown above, under C-0410$/gmu)).toHaveLength(13);
    expect(textOf(pretty, handMade("shared"), { verbose: true })).not.toContain("shown above");
  });

  test("with many controls there is one example of each, and a hint at frameworks", () => {
    const text = textOf(pretty, handMade("shared"));
    expect(text).toMatch(/^CRITICAL {2}C-0211 .* 2 findings .*$/mu);
    expect(text).toContain("\n  and 1 more finding:\n");
    expect(text).toMatch(/For a shorter page choose\s+a framework/u);
    expect(text).toContain("needs host-data: C-0069 to C-0071\n");
    expect(textOf(pretty, handMade("shared"), { verbose: true })).toContain("needs host-data: C-0069, C-0070, C-0071\n");
    expect(textOf(pretty, handMade("findings"))).not.toContain("For a shorter page");
  });

  test("the worst control comes first", () => {
    const order = [...textOf(pretty, handMade("findings")).matchAll(/^(?:CRITICAL|HIGH|MEDIUM|LOW) {2}(C-\d+)/gmu)].map(([, id]) => id);
    expect(order).toEqual(["C-0012", "C-0057", "C-0002", "C-0017"]);
  });
});

describe.each(["security", "resource", "namespace"] as const)("the view %s", (view) => {
  test.each(Object.keys(handMadeResults))("%s: is as golden/ has it", async (name) => {
    await expect(textOf(pretty, handMade(name), { view })).toMatchFileSnapshot(`../golden/${name}.${view}.pretty.txt`);
  });

  test("any result: a page that a terminal can show, the same with colours, that counts all findings", () => {
    fc.assert(
      fc.property(arbitraryResult, fc.boolean(), (result, verbose) => {
        const text = textOf(pretty, result, { view, verbose });
        expect(text).not.toMatch(/[\p{Cc}--[\n]]|\p{Bidi_Control}|##vso\[|##\[/v);
        expect(text).not.toMatch(/^\s*::/mu);
        const painted = unpainted(textOf(pretty, result, { view, verbose, color: true })).replaceAll(/ +$/gmu, "");
        expect(painted).toBe(text.replaceAll(/ +$/gmu, ""));
        expect(numberIn(text, /^([\d,]+) findings?:/mu)).toBe(result.summary.findings);
      }),
      { numRuns: 100 },
    );
  });

  test.each([40, 60, 80, 200])("no line is wider than %i columns, but one that holds a place", (width) => {
    const tooWide = [false, true].flatMap((verbose) =>
      Object.values(handMadeResults).flatMap((result) => {
        const places = unbreakable(result);
        const lines = textOf(pretty, result, { view, width, verbose }).split("\n");
        return lines.filter((line) => displayWidth(line) > width && !places.some((place) => line.includes(place)));
      }),
    );
    expect(tooWide).toEqual([]);
  });

  test("does not call a scan clean that lost something, or had no data", () => {
    expect(textOf(pretty, handMade("losses"), { view })).toContain("deploy/broken.yaml:12:3");
    expect(textOf(pretty, handMade("empty"), { view })).toContain("no data: nothing could be judged");
  });
});

test("the overview fits on a screen where many controls failed, and names the worst", () => {
  const text = textOf(pretty, handMade("shared"), { view: "security" });
  expect(text.split("\n").length).toBeLessThan(30);
  expect(text).toMatch(/^WORST {2}5 of \d+ failed controls\n {2}critical {2}C-0211 Security contexts: 2 findings$/mu);
});

test("the page by resources shows the worst resource first, with each of its findings", () => {
  const text = textOf(pretty, handMade("findings"), { view: "resource" });
  expect([...text.matchAll(/^(?:Deployment|DaemonSet|Group) \S+/gmu)].map(([label]) => label)).toEqual([
    "Deployment shop/catalog",
    "DaemonSet kube-system/node-tuner",
    "Group support",
  ]);
  expect(text).toMatch(/^ {2}low {7}C-0017 Immutable container filesystem: line 14: container catalog/mu);
});

describe("the view of attacks", () => {
  const view = "attack";

  test.each(Object.keys(handMadeResults))("%s: is as golden/ has it", async (name) => {
    await expect(textOf(pretty, handMade(name), { view })).toMatchFileSnapshot(`../golden/${name}.attack.pretty.txt`);
  });

  test("any result: a page that a terminal can show, the same with colours, and all of it where it is asked for", () => {
    fc.assert(
      fc.property(arbitraryResult, fc.boolean(), (result, verbose) => {
        const text = textOf(pretty, result, { view, verbose });
        expect(text.endsWith("\n")).toBe(true);
        expect(text).not.toMatch(/[\p{Cc}--[\n]]|\p{Bidi_Control}|##vso\[|##\[/v);
        expect(text).not.toMatch(/^\s*::/mu);
        const painted = unpainted(textOf(pretty, result, { view, verbose, color: true })).replaceAll(/ +$/gmu, "");
        expect(painted).toBe(text.replaceAll(/ +$/gmu, ""));
      }),
      { numRuns: 150 },
    );
  });

  test.each([40, 60, 80, 200])("no line is wider than %i columns, but one that holds a place", (width) => {
    const result = handMade("attacked");
    const places = unbreakable(result);
    const lines = textOf(pretty, result, { view, width, verbose: true }).split("\n");
    expect(lines.filter((line) => displayWidth(line) > width && !places.some((place) => line.includes(place)))).toEqual([]);
  });

  test("shows three workloads, and all when asked", () => {
    const heads = (verbose: boolean): readonly string[] =>
      [...textOf(pretty, handMade("attacked"), { view, verbose }).matchAll(/^\d+\. HIGH {2}Deployment (\S+)/gmu)].map(
        ([, name]) => name ?? "",
      );
    expect(heads(false)).toEqual(["shop/catalog", "shop/orders", "shop/payment"]);
    expect(heads(true)).toEqual(["shop/catalog", "shop/orders", "shop/payment", "shop/search"]);
  });

  test("what was lost and what was not judged is said beside", () => {
    const text = textOf(pretty, handMade("losses"), { view });
    expect(text).toContain("deploy/broken.yaml:12:3");
    expect(textOf(pretty, handMade("empty"), { view })).toContain("no data: nothing could be judged");
  });

  test("no chain is good news only as far as something was judged", () => {
    const attack = { tracks: handMade("attacked").attack?.tracks ?? [], workloads: [] };
    const said = (name: string): string => textOf(pretty, { ...handMade(name), attack }, { view });
    expect(said("calm")).toMatch(/no failed controls chain on a workload$/mu);
    expect(said("losses")).toContain("no failed controls chain on a workload, in what could be judged");
    expect(said("empty")).toContain("nobody knows whether findings would chain");
    expect(textOf(pretty, { ...handMade("calm"), attack: { tracks: [], workloads: [] } }, { view })).toContain("has no attack tracks");
  });

  test("a result of an older version does not look like a clean one", () => {
    expect(textOf(pretty, handMade("findings"), { view })).toContain("an older version of Holdfast wrote it");
  });
});

describe("exceptions", () => {
  const result = buildResult({
    controls: [{ id: "C-0057", name: "Privileged container", score: 8 }],
    resources: [{ apiVersion: "v1", kind: "Pod", namespace: "shop", name: "web" }],
    findings: [
      {
        control: "C-0057",
        resource: 0,
        message: "it is privileged",
        fixes: [{ kind: "none", reason: "for a test" }],
        acceptedIn: [{ framework: "nsa", exception: 0 }],
      },
    ],
    exceptions: [
      { id: "works", status: "active", reason: "x", accepts: 1 },
      { id: "idle", status: "active", reason: "x", accepts: 0 },
      { id: "old", status: "expired", detail: "it expired at 2026-01-01T00:00:00Z", reason: "x", file: "a.yaml", line: 3, accepts: 0 },
      { id: "before", reason: "x", accepts: 0 },
    ],
  });

  test("those without effect are shown with the reason, and a finding that some frameworks accept says so", () => {
    const text = textOf(pretty, result, { width: 100 });
    expect(text).toContain("EXCEPTIONS  1 of 4 exceptions not applied\n");
    expect(text).toContain("  a.yaml:3\n    old: it does not apply: it expired at 2026-01-01T00:00:00Z\n");
    expect(text).toContain("idle: it accepts nothing now; `holdfast exceptions audit` says why");
    expect(text).toContain("accepted in nsa by works; open in the other frameworks");
    expect(text).not.toMatch(/^ *(?:works|before):/mu);
  });
});
