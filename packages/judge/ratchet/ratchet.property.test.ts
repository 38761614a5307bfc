import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import type { Result } from "@holdfast/core";
import { arbitraryEstate, arbitraryHistory, CONTROLS } from "../testing/arbitrary-estate.ts";
import { scanEstate, type SampleEstate, type SampleScan } from "../testing/sample-estate.ts";
import { Floors } from "./floors.ts";
import { factKey, keeps, type Lock } from "./lock-fact.ts";
import { applyRatchet } from "./ratchet.ts";
import { readLock } from "./read-lock.ts";
import { slotOf } from "./write-lock.ts";

const ALL: SampleScan = { frameworks: ["one", "two"] };

function parsed(text: string): { readonly lock: Lock; readonly controls: readonly string[] } {
  const read = readLock(text);
  if ("faults" in read) throw new Error(JSON.stringify(read.faults));
  return read;
}

/** The text after an update; what it was where the update was refused. */
function updated(text: string | null, result: Result, reason?: string): string {
  const before = text === null ? { lock: null, controls: [] } : parsed(text);
  const { text: after } = applyRatchet(
    { file: "l", ...before, update: true, ...(reason === undefined ? {} : { loosen: { reason } }) },
    result,
  );
  return after ?? text ?? "";
}

function breachesOf(text: string, result: Result): readonly string[] {
  return applyRatchet({ file: "l", ...parsed(text), update: false }, result).ratchet.breaches.map(({ message }) => message);
}

/** Whether each fact of one lock is kept by the other. */
function isAsTight(after: Lock, before: Lock): boolean {
  const facts = [...before.facts.values()].every((fact) => {
    if (fact.subject.startsWith("reached-with ")) return true;
    const own = after.facts.get(factKey(fact));
    return own !== undefined && keeps(own, fact);
  });
  return facts && (new Floors(after).of("compliance", null) ?? 0) >= (new Floors(before).of("compliance", null) ?? 0) - 1e-9;
}

test("what made a lock keeps it, and so does what was written after any update", () => {
  fc.assert(
    fc.property(arbitraryEstate, (estate) => {
      const result = scanEstate(estate, ALL);
      const text = updated(null, result);
      expect(breachesOf(text, result)).toEqual([]);
      expect(updated(text, result)).toBe(text);
    }),
    { numRuns: 50 },
  );
});

test("no order of updates loosens a floor", () => {
  fc.assert(
    fc.property(arbitraryHistory, (history) => {
      let text: string | null = null;
      for (const estate of history) {
        const before: Lock | null = text === null ? null : parsed(text).lock;
        text = updated(text, scanEstate(estate, ALL));
        expect(before === null || isAsTight(parsed(text).lock, before)).toBe(true);
      }
    }),
    { numRuns: 100 },
  );
});

test("after a loosening with a reason the same result keeps the lock, and the reason stands in it", () => {
  fc.assert(
    fc.property(arbitraryHistory, fc.subarray([...CONTROLS], { minLength: 1 }), (history, controls) => {
      const [first, second] = history;
      if (first === undefined || second === undefined) return;
      const text = updated(null, scanEstate(first, ALL));
      const worse = scanEstate(second, { controls, frameworks: ["one"] });
      const before = breachesOf(text, worse);
      const after = updated(text, worse, "for a test");
      expect(breachesOf(after, worse)).toEqual([]);
      expect(after.includes('"for a test"')).toBe(before.length > 0);
    }),
    { numRuns: 100 },
  );
});

/** Ways to look at less than a whole scan does. */
function lesser(estate: SampleEstate): fc.Arbitrary<SampleScan> {
  const files = estate.files.map(({ file }) => file);
  return fc.oneof(
    fc.subarray(files, { minLength: 1, maxLength: files.length - 1 }).map((roots): SampleScan => ({ ...ALL, roots })),
    fc.subarray(files, { minLength: 1, maxLength: files.length - 1 }).map((ignored): SampleScan => ({ ...ALL, ignored })),
    fc.subarray(files, { minLength: 1, maxLength: files.length - 1 }).map((lost): SampleScan => ({ ...ALL, lost })),
    fc.subarray([...CONTROLS], { minLength: 1, maxLength: CONTROLS.length - 1 }).map((controls): SampleScan => ({ ...ALL, controls })),
    fc.subarray([...CONTROLS], { minLength: 1, maxLength: CONTROLS.length - 1 }).map((failing): SampleScan => ({ ...ALL, failing })),
    fc.constantFrom<readonly string[]>([], ["one"], ["two"]).map((frameworks): SampleScan => ({ frameworks })),
  );
}

test("a scan of a subset of inputs, controls or frameworks never passes a ratchet that the whole made, however good its scores", () => {
  fc.assert(
    fc.property(
      arbitraryEstate.chain((estate) => lesser(estate).map((less) => ({ estate, less }))),
      fc.boolean(),
      ({ estate, less }, better) => {
        const text = updated(null, scanEstate(estate, ALL));
        const seen = better
          ? { ...estate, files: estate.files.map(({ file, pods }) => ({ file, pods: pods.map(({ name }) => ({ name, faults: [] })) })) }
          : estate;
        const { ratchet, text: written } = applyRatchet({ file: "l", ...parsed(text), update: true }, scanEstate(seen, less));
        expect(ratchet.breaches.some(({ kind }) => kind === "less")).toBe(true);
        expect(written).toBeNull();
      },
    ),
    { numRuns: 150 },
  );
});

test("a file that is taken away looks at less too", () => {
  fc.assert(
    fc.property(arbitraryEstate, fc.nat(), (estate, choice) => {
      const text = updated(null, scanEstate(estate, ALL));
      const files = estate.files.filter((_, place) => place !== choice % estate.files.length);
      expect(breachesOf(text, scanEstate({ ...estate, files }, ALL))).not.toEqual([]);
    }),
    { numRuns: 50 },
  );
});

const folder = mkdtempSync(path.join(tmpdir(), "holdfast-lock-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Merges as git does. `code` is the number of conflicts. */
function merged(
  ours: string,
  base: string,
  theirs: string,
  ...options: readonly string[]
): { readonly code: number | null; readonly text: string } {
  const names = ["ours", "base", "theirs"].map((name) => path.join(folder, name));
  for (const [place, text] of [ours, base, theirs].entries()) writeFileSync(names[place] ?? "", text);
  const { status, stdout } = spawnSync("git", ["merge-file", "-p", ...options, ...names], { encoding: "utf8" });
  return { code: status, text: stdout };
}

/** The estate with these controls finding nothing any more. */
function mended(estate: SampleEstate, controls: readonly string[]): SampleEstate {
  const files = estate.files.map(({ file, pods }) => ({
    file,
    pods: pods.map(({ name, faults }) => ({ name, faults: faults.filter((id) => !controls.includes(id)) })),
  }));
  return { ...estate, files };
}

function withFile(estate: SampleEstate, file: string): SampleEstate {
  return { ...estate, files: [...estate.files, { file, pods: [{ name: `pod-of-${file.replaceAll(/\W/gu, "-")}`, faults: [] }] }] };
}

test("git is there", () => {
  expect(execFileSync("git", ["--version"], { encoding: "utf8" })).toMatch(/^git version/u);
});

test("two branches that mend different controls merge without a conflict, and the merge holds what both hold", () => {
  fc.assert(
    fc.property(arbitraryEstate, fc.subarray([...CONTROLS]), (estate, mine) => {
      const theirs = CONTROLS.filter((id) => !mine.includes(id));
      const base = updated(null, scanEstate(estate, ALL));
      const [a, b] = [mine, theirs].map((controls) => updated(base, scanEstate(mended(estate, controls), ALL)));
      const { code, text } = merged(a ?? "", base, b ?? "");
      expect(code).toBe(0);
      const lock = parsed(text).lock;
      expect(isAsTight(lock, parsed(a ?? "").lock) && isAsTight(lock, parsed(b ?? "").lock)).toBe(true);
      expect(breachesOf(text, scanEstate(mended(estate, CONTROLS), ALL))).toEqual([]);
    }),
    { numRuns: 40 },
  );
});

test("two branches that add different folders merge without a conflict where the folders have slots of their own", () => {
  fc.assert(
    fc.property(arbitraryEstate, fc.nat(200), fc.nat(200), (faulty, one, other) => {
      const [left, right] = [`new/${one}`, `new/x${other}`];
      fc.pre(slotOf(`input folder ${left}`) !== slotOf(`input folder ${right}`));
      // A new pod without faults raises every score that is not 100: both would tighten the same.
      const estate = mended(faulty, CONTROLS);
      const base = updated(null, scanEstate(estate, ALL));
      const a = updated(base, scanEstate(withFile(estate, `${left}/f.yaml`), ALL));
      const b = updated(base, scanEstate(withFile(estate, `${right}/f.yaml`), ALL));
      const { code, text } = merged(a, base, b);
      expect(code).toBe(0);
      expect(text).toContain(`input folder ${left} 1\n`);
      expect(text).toContain(`input folder ${right} 1\n`);
      parsed(text);
    }),
    { numRuns: 40 },
  );
});

test("whatever git makes of two valid files is valid or refused, and never looser than what both hold", () => {
  fc.assert(
    fc.property(arbitraryHistory, fc.constantFrom([], ["--union"]), (history, options) => {
      const [first, second, third] = [history[0], history[1], history[2] ?? history[0]];
      if (first === undefined || second === undefined || third === undefined) return;
      const base = updated(null, scanEstate(first, ALL));
      const a = updated(base, scanEstate(second, ALL), "for a test");
      const b = updated(base, scanEstate(third, ALL), "for a test");
      const read = readLock(merged(a, base, b, ...options).text);
      if ("faults" in read) {
        expect(read.faults.every(({ line, message }) => line >= 1 && message !== "")).toBe(true);
        return;
      }
      const [ours, theirs] = [parsed(a).lock, parsed(b).lock];
      for (const fact of parsed(base).lock.facts.values()) {
        const [x, y, z] = [ours, theirs, read.lock].map(({ facts }) => facts.get(factKey(fact)));
        if (fact.subject.startsWith("reached-with ") || x === undefined || y === undefined) continue;
        expect(z !== undefined && (keeps(z, x) || keeps(z, y))).toBe(true);
      }
    }),
    { numRuns: 60 },
  );
});
