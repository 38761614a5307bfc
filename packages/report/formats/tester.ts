// What holds for every format. Each format's own test calls `testFormat`, and adds what is special to it.
import type { Result } from "@holdfast/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { arbitraryResult } from "../testing/arbitrary-result.ts";
import { handMadeResults } from "../testing/hand-made-results.ts";
import type { Format, FormatEntry, ReportOptions } from "./define.ts";
import { formats } from "./list.ts";

/** The options of a scan in a build log. */
const PLAIN: ReportOptions = { width: 100, color: false, verbose: false, quiet: false, view: "control", sourcePrefix: "" };

/** The pieces of a result in a format that writes them at once. */
export function piecesOf(format: Format, result: Result, options: Partial<ReportOptions> = {}): readonly (string | Uint8Array)[] {
  const pieces = format.render(result, { ...PLAIN, ...options });
  if (Symbol.asyncIterator in pieces) throw new Error("this format is not written at once: wait for its pieces");
  return [...pieces];
}

/** The whole text of a result in a format. */
export function textOf(format: Format, result: Result, options: Partial<ReportOptions> = {}): string {
  return piecesOf(format, result, options).join("");
}

/** How many findings a text says there are, open and accepted together. */
export type CountFindings = (text: string) => number;

// Commands to the build logs of GitHub and Azure Pipelines.
const LOG_COMMAND = /^\s*::|##vso\[|##\[/u;
const CONTROL = /[\p{Cc}\p{Bidi_Control}\u2028\u2029]/u;

/** The lines that a terminal or a build log would obey. */
function obeyedIn(text: string): readonly string[] {
  return text.split("\n").filter((line) => CONTROL.test(line) || LOG_COMMAND.test(line));
}

function entryOf(id: string): FormatEntry {
  const found = formats.find((entry) => entry.id === id);
  if (found === undefined) throw new Error(`formats/list.ts has no ${id}`);
  return found;
}

/**
 * Tests what holds for every format that is text and written at once. `golden` gives what of a text golden files have, where some of it is the same for every result.
 */
export function testFormat(
  id: string,
  format: Format,
  countFindings: CountFindings,
  golden: (text: string) => string = (text) => text,
): void {
  const entry = entryOf(id);
  describe(`${id}, as every format`, () => {
    test("is listed, with an id and an ending that no other has", async () => {
      expect(await entry.load()).toBe(format);
      expect(formats.filter((other) => other.id === id)).toHaveLength(1);
      expect(id).toMatch(/^[a-z][a-z-]*$/u);
      expect(entry.extension ?? ".terminal").toMatch(/^(?:\.[a-z-]+)+$/u);
      expect(formats.filter(({ extension }) => extension !== null && extension === entry.extension).length).toBeLessThan(2);
    });

    test.each(Object.keys(handMadeResults))("%s: is as golden/ has it", async (name) => {
      const result = handMadeResults[name] as Result;
      const ending = entry.extension ?? `.${id}.txt`;
      await expect(golden(textOf(format, result))).toMatchFileSnapshot(`../golden/${name}${ending}`);
    });

    test.each(Object.keys(handMadeResults))("%s: the same result gives the same bytes, and is not changed", (name) => {
      const result = handMadeResults[name] as Result;
      const copy = structuredClone(result);
      const text = textOf(format, result);
      expect(textOf(format, result)).toBe(text);
      expect(textOf(format, copy)).toBe(text);
      expect(result).toEqual(copy);
    });

    test("any result: it ends with a newline and counts the result's findings", () => {
      fc.assert(
        fc.property(arbitraryResult, fc.boolean(), (result, verbose) => {
          const text = textOf(format, result, { verbose });
          expect(text.endsWith("\n")).toBe(true);
          expect(countFindings(text)).toBe(result.findings.length);
          if (id === "pretty") expect(obeyedIn(text)).toEqual([]);
        }),
        { numRuns: 150 },
      );
    });

    test("a value that is masked stays masked", () => {
      const masked = handMadeResults["findings"] as Result;
      expect(masked.findings.some(({ evidence }) => evidence.some((one) => one.masked))).toBe(true);
      // The mask is all that the result has of the value: a format that showed more would have made it up, or cut the mask open.
      for (const [shown] of textOf(format, masked, { verbose: true }).matchAll(/DATABASE_PASSWORD(?:\s|\\n|\d+|[|>])*value: \S+/gu)) {
        expect(shown).toMatch(/value: •••/u);
      }
    });

    test("a large result is written in pieces", () => {
      const { many } = handMadeResults as { readonly many: Result };
      const large = { ...many, findings: Array.from({ length: 400 }, () => many.findings).flat() };
      const pieces = piecesOf(format, large, { verbose: true });
      const whole = pieces.reduce((sum, piece) => sum + piece.length, 0);
      expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThan(whole / 10);
    });
  });
}
