import { existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, expect, test } from "vitest";
import { oneAtATime } from "./one-at-a-time.ts";

const folder = mkdtempSync(path.join(realpathSync(tmpdir()), "holdfast-busy-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("of many who read, think and write none loses what another wrote", async () => {
  const file = path.join(folder, "count");
  writeFileSync(file, "0");
  const add = async (): Promise<void> =>
    oneAtATime(file, async () => {
      const before = Number(readFileSync(file, "utf8"));
      await wait(2);
      writeFileSync(file, String(before + 1));
    });
  await Promise.all(Array.from({ length: 12 }, add));
  expect(readFileSync(file, "utf8")).toBe("12");
  expect(readdirSync(folder)).toEqual(["count"]);
});

test("who fails lets the next one in; a mark of a process that is gone holds nobody up", async () => {
  const file = path.join(folder, "failing");
  await expect(oneAtATime(file, async () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  const mark = path.join(folder, ".failing.busy");
  expect(existsSync(mark)).toBe(false);
  writeFileSync(mark, "");
  const longAgo = new Date(Date.now() - 60_000);
  utimesSync(mark, longAgo, longAgo);
  expect(await oneAtATime(file, async () => Promise.resolve("done"))).toBe("done");
  expect(existsSync(mark)).toBe(false);
});

test("where no mark may stand the work is done all the same", async () => {
  expect(await oneAtATime(path.join(folder, "none", "file"), async () => Promise.resolve("done"))).toBe("done");
});
