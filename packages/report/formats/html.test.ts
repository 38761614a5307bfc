import { createHash } from "node:crypto";
import type { Result } from "@holdfast/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { pageScript, pageStyle } from "../html/page-assets.ts";
import type { PageFinding, PageIndex } from "../html/page-data.ts";
import { arbitraryResult } from "../testing/arbitrary-result.ts";
import { clusterResult, comparedResult } from "../testing/estate-results.ts";
import { handMadeResults } from "../testing/hand-made-results.ts";
import { markupResult } from "../testing/markup-result.ts";
import { html } from "./html.ts";
import { testFormat, textOf } from "./tester.ts";

function handMade(name: string): Result {
  return handMadeResults[name] as Result;
}

function blocks(text: string, name: string): readonly unknown[] {
  const pattern = new RegExp(`<script type="application/json" data-part="${name}">(.*)</script>`, "gu");
  return [...text.matchAll(pattern)].map(([, json = ""]) => JSON.parse(json) as unknown);
}

function findingsOf(text: string): readonly PageFinding[] {
  return blocks(text, "findings").flatMap((block) => block as readonly PageFinding[]);
}

/** The page without its own script and style, which are the same for every result. */
function withoutAssets(text: string): string {
  return text
    .replace(`<style>${pageStyle}</style>`, "<style></style>")
    .replace(`<script>${pageScript}</script>`, "<script></script>")
    .replaceAll(/'sha256-[\w+/=]+'|&#39;sha256-[\w+/=]+&#39;/gu, "sha256");
}

testFormat("html", html, (text) => findingsOf(text).length, withoutAssets);

/** What a person reads of the page itself. */
function wordsOf(text: string): string {
  return withoutAssets(text)
    .replaceAll(/<script[^>]*>.*?<\/script>|<template.*?<\/template>/gsu, "")
    .replaceAll(/<[^>]*>/gu, " ")
    .replaceAll(/\s+/gu, " ");
}

interface Tag {
  readonly name: string;
  readonly end: boolean;
  readonly attributes: readonly (readonly [name: string, value: string])[];
}

/** All tags that a browser sees. Every attribute is quoted and every other `<` and `>` escaped, so this is enough of a parser; what it can't read it takes for a fault. */
function tagsOf(text: string): readonly Tag[] {
  const tags: Tag[] = [];
  for (const [whole, end = "", name = "", rest = ""] of withoutAssets(text).matchAll(
    /<(\/?)([a-z][a-z\d]*)((?:[^>"]|"[^"]*")*)>|<[^!]/gu,
  )) {
    expect(name, whole).not.toBe("");
    const attributes = [...rest.matchAll(/([^\s="/]+)(?:="([^"]*)")?/gu)].map(([, key = "", value = ""]) => [key, value] as const);
    tags.push({ name, end: end !== "", attributes });
  }
  return tags;
}

const ELEMENTS = new Set(
  `html head meta title link style body a header div p h1 h2 h3 h4 span time fieldset legend label input nav ul ol li main section dl dt dd table thead tbody tr th td svg rect circle
  line details summary button form select option noscript kbd code pre strong em template script footer`.split(/\s+/u),
);
const REFERENCES = new Set(["href", "src", "action", "formaction", "xlink:href", "data", "poster", "srcset"]);

/** What of a page could run or be fetched, but for its own script. */
function activeParts(result: Result): readonly unknown[] {
  const text = textOf(html, result);
  const tags = tagsOf(text);
  const attributes = tags.flatMap(({ attributes }) => attributes);
  const isData = ({ attributes }: Tag): boolean => attributes.some(([name, value]) => name === "type" && value === "application/json");
  const starts = tags.filter(({ name, end }) => name === "script" && !end);
  return [
    ...tags.filter(({ name }) => !ELEMENTS.has(name)),
    ...attributes.filter(([name]) => name.startsWith("on") || name === "style"),
    ...attributes.filter(([name, value]) => REFERENCES.has(name) && !/^(?:#[a-z]+$|data:image\/svg\+xml,)/u.test(value)),
    ...starts.filter((tag) => !isData(tag)).slice(1),
    ...(text.match(/<!--/gu) ?? []),
  ];
}

describe("input is text, never markup", () => {
  test("markup in every text of a result", () => {
    expect(activeParts(markupResult)).toEqual([]);
  });

  test("any result", () => {
    fc.assert(
      fc.property(arbitraryResult, (result) => {
        expect(activeParts(result)).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  test("what would be invisible or reorder the line is seen", () => {
    for (const result of [markupResult, handMade("hostile")]) {
      expect(textOf(html, result)).not.toMatch(/(?!\n|\t)[\p{Cc}\p{Bidi_Control}\u2028\u2029\uFEFF]/u);
    }
  });
});

test("the policy allows the page's own script and style, and nothing else", () => {
  const text = textOf(html, handMade("findings"));
  const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/u.exec(text)?.[1]?.replaceAll("&#39;", "'");
  const hash = (part: string): string => createHash("sha256").update(part).digest("base64");
  expect(policy?.split("; ")).toEqual([
    "default-src 'none'",
    `script-src 'sha256-${hash(pageScript)}'`,
    `style-src 'sha256-${hash(pageStyle)}'`,
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ]);
  expect(text).toContain(`<script>${pageScript}</script>`);
  expect(text).toContain(`<style>${pageStyle}</style>`);
});

describe("what is said first", () => {
  test("score, coverage and reach, cut and not rounded", () => {
    expect(wordsOf(textOf(html, handMade("findings")))).toMatch(
      /Compliance 81\.9 % 79 % with accepted risks .*Coverage 100 % .*Reach 6 of 8 .*Findings/u,
    );
    expect(wordsOf(textOf(html, handMade("losses")))).toMatch(/Compliance 99\.9 % .*Coverage 34\.7 %/u);
  });

  test("without data it says so: no number, no full ring", () => {
    const text = textOf(html, handMade("empty"));
    expect(wordsOf(text)).toMatch(/Compliance no data .*Coverage no data/u);
    expect(wordsOf(text)).toContain("No data: nothing could be judged.");
    const [compliance = "", coverage = ""] = text.split(/class="card(?=[ "])/u).slice(1);
    for (const card of [compliance, coverage]) {
      expect(card).toContain("ring-none");
      expect(card).not.toContain("ring-score");
      expect(card).not.toMatch(/>\s*(?:0|100) %/u);
    }
    expect((blocks(text, "index")[0] as PageIndex).none).toBe("No data: nothing could be judged.");
  });
});

describe("what the script is given", () => {
  const findings = findingsOf(textOf(html, handMade("findings")));

  test("findings in the result's order, with place, code, evidence, fix and what accepted them", () => {
    expect(findings.map(({ fingerprint }) => fingerprint)).toEqual(handMade("findings").findings.map(({ fingerprint }) => fingerprint));
    expect(findings[1]).toMatchObject({
      severity: "high",
      message: "container tune has the rights of the host's administrator",
      place: "deploy/node-tuner.yaml:19:25",
      code: { line: 17, at: 19, to: 19, mark: { line: 19, column: 25, endLine: 19, endColumn: 29 } },
      evidence: [{ path: "spec.template.spec.containers[0].securityContext.privileged", value: "true" }],
      fixes: ["remove spec.template.spec.containers[0].securityContext.privileged"],
      fixable: true,
    });
    expect(findings[1]?.edit?.diff).toContain("-            privileged: true");
    expect(findings.find(({ status }) => status === "accepted")).toMatchObject({ exception: 0 });
  });

  test("of a masked value the mask alone is marked: what stands behind it has moved", () => {
    expect(findings[0]).toMatchObject({ code: { mark: { line: 21, column: 22, endLine: 21, endColumn: 25 } } });
  });

  test("where no fix can be derived there is nothing to copy", () => {
    expect(findings.find(({ fixes }) => fixes[0]?.startsWith("no fix"))).toMatchObject({ fixable: false });
  });

  test("frameworks that were asked for are what can be filtered by; without any, those of the controls", () => {
    const index = (name: string): PageIndex => blocks(textOf(html, handMade(name)), "index")[0] as PageIndex;
    expect(index("findings").frameworks).toEqual([["nsa", "NSA"]]);
    expect(index("attacked").frameworks).toEqual([["nsa", "nsa"]]);
  });
});

test("accepted risks stand with reason and end, problems and what was not judged with why", () => {
  const accepted = wordsOf(textOf(html, handMade("findings")));
  expect(accepted).toMatch(/node-tuner-network exceptions\.yaml:3 It uses the host&#39;s network\. 2026-12-31 1/u);
  expect(accepted).toMatch(/needs host-data from a node agent .* 2 controls: C-0067 C-0069/u);
  const losses = wordsOf(textOf(html, handMade("losses")));
  expect(losses).toMatch(/deploy\/broken\.yaml:12:3 bad indentation of a mapping entry To do: Correct the document/u);
});

test("the page itself is small", () => {
  expect(Buffer.byteLength(textOf(html, handMade("empty")))).toBeLessThan(100_000);
});

describe("what a scan was told to do beside judging", () => {
  const compared = textOf(html, comparedResult);

  test("exceptions say whether they applied", () => {
    const words = wordsOf(compared);
    expect(words).toContain("1 finding accepted by 1 exception.");
    expect(words).toContain("1 exception did not apply, and the findings in its scope are open.");
    expect(words).toMatch(/old-one until the move 2025-12-31T00:00:00Z expired: not applied it ended on 2025-12-31: renew or delete it 0/u);
    expect(words).toMatch(/idle no reason is given never applied, accepts nothing now 0/u);
    expect(findingsOf(compared)[0]?.notes).toEqual(["accepted in nsa by node-tuner-network; open in the other frameworks"]);
  });

  test("a baseline and a lock file", () => {
    const words = wordsOf(compared);
    expect(words).toContain(
      "Compared with last-week.json of 2025-12-25T00:00:00Z: 1 new, 1 resolved, 3 unchanged, 0 accepted, 1 that can&#39;t be compared.",
    );
    expect(words).toMatch(/new high C-0057 DaemonSet kube-system\/node-tuner: container tune/u);
    expect(words).toContain(
      "1 fact of holdfast.lock holds no longer. control C-0057 had no open finding and has 1. Changed since: the library.",
    );
  });

  test("what was rendered, what could not be expanded, and which value feeds a field", () => {
    expect(wordsOf(compared)).toMatch(/Rendered chart shop Rendered with helm v3\.19\.0/u);
    expect(wordsOf(compared)).toContain("HelmRelease shop/redis in deploy/redis.yaml : its chart is not in the tree");
    expect(findingsOf(compared)[1]?.notes).toEqual([
      "the value tuner.privileged of values.yaml feeds this field",
      "the place is approximate: the template joins several values",
    ]);
  });

  test("a cluster, and the kinds of it that were not read", () => {
    const words = wordsOf(textOf(html, clusterResult));
    expect(words).toContain("from the cluster prod (v1.34.4), without kube-system");
    expect(words).toContain("Cluster prod, https://10.0.0.1:6443, v1.34.4");
    expect(words).toContain("Secret : may not be read: the account may not list secrets");
    expect(words).not.toContain("Widget");
  });
});
