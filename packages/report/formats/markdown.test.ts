import type { Result } from "@holdfast/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { code, inert } from "../markdown/inert.ts";
import { arbitraryResult } from "../testing/arbitrary-result.ts";
import { buildResult, resourceAt } from "../testing/build-result.ts";
import { handMadeResults } from "../testing/hand-made-results.ts";
import { markdown } from "./markdown.ts";
import { testFormat, textOf } from "./tester.ts";

function numberIn(text: string, pattern: RegExp): number {
  return Number((pattern.exec(text)?.[1] ?? "0").replaceAll(",", ""));
}

testFormat("markdown", markdown, (text) => {
  const [, head = ""] = text.split("\n");
  return numberIn(head, /^## Holdfast: ([\d,]+) findings?: /u) + numberIn(head, /\(and ([\d,]+) accepted\)$/u);
});

/** A result with so many findings of so long a text. */
function large(findings: number, text: string): Result {
  return buildResult({
    roots: [text],
    controls: [{ id: "C-1", name: text, score: 8 }],
    frameworks: Array.from({ length: 60 }, (_, i) => ({ id: `f${i}`, name: text, controls: ["C-1"] })),
    resources: [resourceAt("Pod", text, text, 1)],
    findings: Array.from({ length: findings }, (_, i) => ({
      control: "C-1",
      resource: 0,
      message: text,
      fixes: [{ kind: "choose", question: text }],
      ...(i % 2 === 0 ? { status: "accepted", acceptedBy: i % 50 } : {}),
    })),
    exceptions: Array.from({ length: 50 }, () => ({ id: text, reason: text, accepts: 1 })),
    problems: Array.from({ length: 500 }, () => ({ code: text, stage: "load", subject: text, effect: "lost", cause: text, remedy: text })),
    gates: Array.from({ length: 50 }, () => ({
      gate: "coverage-threshold",
      wanted: 1,
      actual: 0,
      outcome: "breached",
      message: text,
      causes: [],
    })),
  });
}

test.each(["x", "&".repeat(5000), "`|<".repeat(300), "😀".repeat(3000)])(
  "it fits into a comment whatever there is, and counts what it leaves out (%#)",
  (text) => {
    const written = textOf(markdown, large(5000, text));
    expect(written.length).toBeLessThanOrEqual(65_536);
    const items = written
      .split(/\n### |<details>/u)
      .filter((part) => part.includes("</summary>"))
      .flatMap((part) => part.match(/^- /gmu) ?? []).length;
    expect(items).toBeGreaterThan(3);
    expect(items + numberIn(written, /^\*\*([\d,]+) more findings? (?:is|are) not shown here/mu)).toBe(2500);
    expect(written).toMatch(/- … and \d+ more\n/u);
  },
);

test("any result: no line begins as an order to a code host does, and all that is opened is closed", () => {
  fc.assert(
    fc.property(arbitraryResult, (result) => {
      const text = textOf(markdown, result);
      expect(text.length).toBeLessThanOrEqual(65_536);
      expect(text).not.toMatch(/[\p{Cc}--[\n]]|\p{Bidi_Control}/v);
      expect(text.match(/<details>/gu)?.length).toBe(text.match(/^<\/details>$/gmu)?.length);
      // Every line is one that this format begins: none is begun by a name.
      let fence: string | null = null;
      for (const line of text.split("\n")) {
        const mark = /^ {2}(`{3,})(?:diff)?$/u.exec(line)?.[1];
        if (mark !== undefined && (fence === null || line === `  ${fence}`)) fence = fence === null ? mark : null;
        else if (fence === null)
          expect(line).toMatch(
            /^(?:$|<!-- holdfast -->$|## Holdfast: |### |\||- |Controls: |<details><summary>|<\/details>$|\*\*[\d,]+ more findings? )/u,
          );
      }
      expect(fence).toBeNull();
    }),
    { numRuns: 150 },
  );
});

test.each([
  ["@team and @bob", "@\u200Cteam and @\u200Cbob"],
  ["see #12", "see \\#\u200C12"],
  ["https://evil.example/x", "https:\u200C//evil.example/x"],
  ["<img src=x onerror=y>", "\\<img src\\=x onerror\\=y\\>"],
  ["[click](javascript:alert)", "\\[click\\]\\(javascript:alert\\)"],
  ["*a* _b_ `c` | ~d~ $e$", "\\*a\\* \\_b\\_ \\`c\\` \\| \\~d\\~ \\$e\\$"],
  ["&lt;script&gt;", "&amp;lt;script&amp;gt;"],
  ["a\n/close\n# b", "a /close \\# b"],
])("%j is inert as %j", (text, expected) => {
  expect(inert(text)).toBe(expected);
});

test("the name of a control is no HTML where it stands in HTML", () => {
  const name = 'x</summary><img src="y" onerror=z> & @team';
  const result = buildResult({
    controls: [{ id: "C-1", name, score: 8 }],
    resources: [resourceAt("Pod", "a", "a.yaml", 1)],
    findings: [{ control: "C-1", resource: 0, message: "m", fixes: [{ kind: "none", reason: "r" }] }],
  });
  expect(textOf(markdown, result)).toContain(
    "<details><summary>🔴 high C-1 x&lt;/summary&gt;&lt;img src=&quot;y&quot; onerror=z&gt; &amp; @\u200Cteam: 1 finding</summary>\n",
  );
});

test.each([
  ["a.yaml:1", "`a.yaml:1`"],
  ["`", "`` ` ``"],
  ["a``b", "```a``b```"],
  ["<b>@x", "`<b>@x`"],
  ["", ""],
])("%j as code is %j", (text, expected) => {
  expect(code(text)).toBe(expected);
});

test("findings and accepted risks are there with what a reader needs", () => {
  const text = textOf(markdown, handMadeResults["findings"] as Result, { sourcePrefix: "apps/" });
  expect(text).toContain("`apps/deploy/node-tuner.yaml:19`");
  expect(text).toContain("  ```diff\n");
  expect(text).toContain("until 2026-12-31");
  expect(textOf(markdown, handMadeResults["empty"] as Result)).toContain("| Whole scan | no data | no data | no data | 1 of 2 |");
});
