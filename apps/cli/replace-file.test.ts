import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { replaceFile, replaceText } from "./replace-file.ts";

const folder = mkdtempSync(path.join(realpathSync(tmpdir()), "holdfast-replace-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function inside(name: string, files: Readonly<Record<string, string>> = {}): string {
  const made = path.join(folder, name);
  mkdirSync(made);
  for (const [file, text] of Object.entries(files)) writeFileSync(path.join(made, file), text);
  return made;
}

const modeOf = (file: string): number => statSync(file).mode & 0o7777;

test("a new file has the permissions that are named, one that was there keeps its own", async () => {
  const here = inside("modes", { old: "before" });
  chmodSync(path.join(here, "old"), 0o640);
  for (const name of ["old", "new"]) await replaceText(path.join(here, name), "after", { newMode: 0o600, strict: true });
  expect(["old", "new"].map((name) => [readFileSync(path.join(here, name), "utf8"), modeOf(path.join(here, name))])).toEqual([
    ["after", 0o640],
    ["after", 0o600],
  ]);
  expect(readdirSync(here).toSorted()).toEqual(["new", "old"]);
});

test("a link of links stays, and the file behind it is replaced, not written over", async () => {
  const here = inside("links", { target: "before" });
  symlinkSync("target", path.join(here, "one"));
  symlinkSync("one", path.join(here, "two"));
  const before = statSync(path.join(here, "target")).ino;
  await replaceText(path.join(here, "two"), "after");
  expect(lstatSync(path.join(here, "two")).isSymbolicLink()).toBe(true);
  expect(readFileSync(path.join(here, "target"), "utf8")).toBe("after");
  expect(statSync(path.join(here, "target")).ino).not.toBe(before);
  // A link to nowhere makes the file that it names.
  symlinkSync("made", path.join(here, "three"));
  await replaceText(path.join(here, "three"), "new");
  expect(readFileSync(path.join(here, "made"), "utf8")).toBe("new");
  expect(lstatSync(path.join(here, "three")).isSymbolicLink()).toBe(true);
});

test("content that can't be had leaves what was there, and nothing beside it", async () => {
  const here = inside("failing", { file: "before" });
  for (const name of ["file", "new"]) {
    const replaced = replaceFile(path.join(here, name), async (handle) => {
      await handle.writeFile("half");
      throw new Error("no more");
    });
    await expect(replaced).rejects.toThrow("no more");
  }
  expect(readdirSync(here)).toEqual(["file"]);
  expect(readFileSync(path.join(here, "file"), "utf8")).toBe("before");
  await expect(replaceText(path.join(here, "none", "file"), "x")).rejects.toMatchObject({ code: "ENOENT" });
});

test("many at the same time leave one whole text", async () => {
  const here = inside("many");
  const texts = Array.from({ length: 20 }, (_, at) => `${at}\n`.repeat(5000));
  await Promise.all(texts.map(async (text) => replaceText(path.join(here, "file"), text)));
  expect(texts).toContain(readFileSync(path.join(here, "file"), "utf8"));
  expect(readdirSync(here)).toEqual(["file"]);
});
