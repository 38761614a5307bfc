import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { nodeFileSystem } from "./node-file-system.ts";

const folder = mkdtempSync(path.join(tmpdir(), "holdfast-files-"));
mkdirSync(path.join(folder, "inner"));
writeFileSync(path.join(folder, "a.yaml"), "é: 1\n");
writeFileSync(path.join(folder, "empty"), "");
symlinkSync("a.yaml", path.join(folder, "link"));
symlinkSync("none", path.join(folder, "broken"));

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function inside(name: string): string {
  return path.join(folder, name);
}

const files = nodeFileSystem(() => process.stdin);

test("a folder lists its names with what they are, links not followed", async () => {
  const listed = await files.listFolder(folder);
  expect(listed.toSorted((a, b) => (a.name < b.name ? -1 : 1))).toEqual([
    { name: "a.yaml", kind: "file" },
    { name: "broken", kind: "symlink" },
    { name: "empty", kind: "file" },
    { name: "inner", kind: "directory" },
    { name: "link", kind: "symlink" },
  ]);
});

test("links are followed when it is asked what a path is", async () => {
  expect(await files.kindOf(inside("link"))).toBe("file");
  expect(await files.kindOf(inside("inner"))).toBe("directory");
  expect(await files.realPath(inside("link"))).toBe(await files.realPath(inside("a.yaml")));
  await expect(files.kindOf(inside("broken"))).rejects.toMatchObject({ code: "ENOENT" });
  await expect(files.readFile(inside("none"), 10)).rejects.toMatchObject({ code: "ENOENT" });
});

test("a file is read up to its limit", async () => {
  expect(await files.readFile(inside("a.yaml"), 6)).toEqual({ size: 6, bytes: Buffer.from("é: 1\n") });
  expect(await files.readFile(inside("a.yaml"), 5)).toEqual({ size: 6 });
  expect(await files.readFile(inside("empty"), 5)).toEqual({ size: 0, bytes: Buffer.from("") });
});

test.skipIf(process.platform === "win32")("a pipe is read as what is written into it", async () => {
  const pipe = inside("pipe");
  execFileSync("mkfifo", [pipe]);
  expect(await files.kindOf(pipe)).toBe("other");
  execFileSync("sh", ["-c", `(printf 'a: 1' > '${pipe}' &) >/dev/null 2>&1`]);
  expect(await files.readFile(pipe, 100)).toEqual({ size: 4, bytes: Buffer.from("a: 1") });
});
