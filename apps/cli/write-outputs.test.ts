import { lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import type { Result } from "@holdfast/core";
import type { FormatEntry } from "@holdfast/report";
import { writeOutputs } from "./write-outputs.ts";

const folder = mkdtempSync(path.join(tmpdir(), "holdfast-outputs-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const text = "a line\n".repeat(50_000);
const render = (): Iterable<string> => text.matchAll(/.+\n/gu).map(([line]) => line);
const format: FormatEntry = { id: "text", title: "text", extension: ".txt", load: async () => Promise.resolve({ render }) };

const OPTIONS = { width: 80, color: false, verbose: false, quiet: false, view: "control" as const, sourcePrefix: "" };

async function write(files: readonly string[], as = format, others: readonly string[] = []): Promise<readonly string[]> {
  const targets = [...files.map((file) => ({ format: as, file })), ...others.map((file) => ({ format, file }))];
  // The format looks at neither the result nor standard output.
  const problems = await writeOutputs({} as Result, targets, OPTIONS, process);
  return problems.map(({ subject, cause }) => `${subject}: ${cause}`);
}

test("a file is written whole, and nothing stays beside it", async () => {
  const file = path.join(folder, "new.txt");
  expect(await write([file])).toEqual([]);
  expect(readFileSync(file, "utf8")).toBe(text);
  expect(readdirSync(folder)).toEqual(["new.txt"]);
});

test("a file that was there keeps its permissions", async () => {
  const file = path.join(folder, "private.txt");
  writeFileSync(file, "before", { mode: 0o600 });
  expect(await write([file])).toEqual([]);
  expect(readFileSync(file, "utf8")).toBe(text);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test("a link is written through, and stays one", async () => {
  const file = path.join(folder, "target.txt");
  const link = path.join(folder, "link.txt");
  writeFileSync(file, "before");
  symlinkSync("target.txt", link);
  expect(await write([link])).toEqual([]);
  expect(lstatSync(link).isSymbolicLink()).toBe(true);
  expect(readFileSync(file, "utf8")).toBe(text);
});

test("what can't be written is a problem by name, and the others are written", async () => {
  const nowhere = path.join(folder, "nowhere", "a.txt");
  const last = path.join(folder, "last.txt");
  expect(await write([nowhere, folder, last])).toEqual([`${nowhere}: its folder does not exist`, `${folder}: it is a folder`]);
  expect(readFileSync(last, "utf8")).toBe(text);
});

test("text and bytes go out in their order, whether they are there at once or come later", async () => {
  const bytes = new Uint8Array([0, 255, 10]);
  const pieces = ["a", bytes, "é\n", "x".repeat(70_000), bytes];
  const expected = Buffer.concat(pieces.map((piece) => Buffer.from(piece as string)));
  async function* later(): AsyncIterable<string | Uint8Array> {
    for (const piece of pieces) {
      await Promise.resolve();
      yield piece;
    }
  }
  for (const [name, render] of Object.entries({ atOnce: () => pieces, later })) {
    const file = path.join(folder, name);
    const binary: FormatEntry = { id: "bytes", title: "bytes", extension: ".bin", load: async () => Promise.resolve({ render }) };
    expect(await write([file], binary)).toEqual([]);
    expect(readFileSync(file)).toEqual(expected);
  }
});

test("a format that fails is a problem, and the others are written", async () => {
  const failing: FormatEntry = {
    id: "failing",
    title: "failing",
    extension: ".f",
    load: async () => Promise.reject(new Error("no such part")),
  };
  const last = path.join(folder, "after-failing.txt");
  expect(await write([path.join(folder, "failing.f")], failing, [last])).toEqual([`${path.join(folder, "failing.f")}: no such part`]);
  expect(readFileSync(last, "utf8")).toBe(text);
});

test("a file that belongs to others too keeps what it holds", async () => {
  const file = path.join(folder, "summary.md");
  writeFileSync(file, "before\n");
  expect(await writeOutputs({} as Result, [{ format, file, append: true }], OPTIONS, process)).toEqual([]);
  expect(readFileSync(file, "utf8")).toBe(`before\n${text}`);
});
