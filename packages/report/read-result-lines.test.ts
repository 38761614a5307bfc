import type { Result } from "@holdfast/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { json } from "./formats/json.ts";
import { textOf } from "./formats/tester.ts";
import { readResultLines } from "./read-result-lines.ts";
import { readResult, readStoredResult } from "./read-result.ts";
import { arbitraryResult } from "./testing/arbitrary-result.ts";
import { handMadeResults } from "./testing/hand-made-results.ts";

/** The bytes of a text, cut at any places. */
function pieces(text: string, size: number): () => AsyncIterable<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  return async function* cut() {
    for (let from = 0; from < bytes.length; from += size) yield await Promise.resolve(bytes.subarray(from, from + size));
  };
}

const FINDINGS = textOf(json, handMadeResults["findings"] as Result);

test("what the format json writes is read line by line, wherever the bytes are cut", async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryResult, fc.integer({ min: 1, max: 5000 }), async (result, size) => {
      const text = textOf(json, result);
      expect(await readResultLines(pieces(text, size)())).toEqual(JSON.parse(text));
      expect(await readStoredResult(pieces(text, size))).toEqual(readResult(text));
    }),
    { numRuns: 100 },
  );
});

test("a result that somebody laid out anew, and a text that is none, are read as a whole", async () => {
  const result = JSON.parse(FINDINGS) as Result;
  for (const text of [
    JSON.stringify(result),
    JSON.stringify(result, null, 2),
    JSON.stringify(result, null, 4),
    "",
    "[]",
    "{}",
    "kind: Pod",
    `\uFEFF${FINDINGS}`,
  ]) {
    expect(await readStoredResult(pieces(text, 100))).toEqual(readResult(text));
  }
});

describe("a text that is damaged", () => {
  test("is never read as another result than it is", async () => {
    const lines = FINDINGS.split("\n");
    await fc.assert(
      fc.asyncProperty(
        fc.nat(lines.length - 1),
        fc.constantFrom("drop", "double", "comma", "no-comma", "cut", "proto"),
        async (place, damage) => {
          const line = lines[place] ?? "";
          const changed: Readonly<Record<string, readonly string[]>> = {
            drop: [],
            double: [line, line],
            comma: [`${line},`],
            "no-comma": [line.replace(/,$/u, "")],
            cut: [line.slice(0, line.length / 2)],
            proto: ['  "__proto__": {},', line],
          };
          const text = [...lines.slice(0, place), ...(changed[damage] ?? []), ...lines.slice(place + 1)].join("\n");
          expect(await readStoredResult(pieces(text, 200))).toEqual(readResult(text));
        },
      ),
      { numRuns: 400 },
    );
  });
});
