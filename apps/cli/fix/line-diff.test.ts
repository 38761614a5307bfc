import fc from "fast-check";
import { expect, test } from "vitest";
import { lineDifferences } from "./line-diff.ts";

const lines = fc.array(fc.constantFrom("a", "b", "c", ""), { maxLength: 12 });

test("what differs, put in place, makes one of the other", () => {
  fc.assert(
    fc.property(lines, lines, (before, after) => {
      const made: string[] = [];
      let here = 0;
      for (const { beforeAt, afterAt, removed, added } of lineDifferences(before, after)) {
        expect(removed + added).toBeGreaterThan(0);
        made.push(...before.slice(here, beforeAt));
        expect(made).toHaveLength(afterAt);
        made.push(...after.slice(afterAt, afterAt + added));
        here = beforeAt + removed;
      }
      expect([...made, ...before.slice(here)]).toEqual(after);
    }),
    { numRuns: 500 },
  );
});

test("no more differs than must", () => {
  const before = Array.from({ length: 3000 }, (_, at) => `line ${at}`);
  const after = before.flatMap((line, at) => (at === 10 ? [] : at === 2900 ? [line, "new"] : [line]));
  expect(lineDifferences(before, after)).toEqual([
    { beforeAt: 10, afterAt: 10, removed: 1, added: 0 },
    { beforeAt: 2901, afterAt: 2900, removed: 0, added: 1 },
  ]);
  expect(lineDifferences(before, before)).toEqual([]);
});

test("of texts that have little in common all that differs is one difference", () => {
  const before = Array.from({ length: 5000 }, (_, at) => `old ${at}`);
  const after = ["old 0", ...Array.from({ length: 5000 }, (_, at) => `new ${at}`)];
  expect(lineDifferences(before, after)).toEqual([{ beforeAt: 1, afterAt: 1, removed: 4999, added: 5000 }]);
});
