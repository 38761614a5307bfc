import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { isOwnFolder, keptName, readKeptCode, stampOf, writeKeptCode, type KeptCode } from "./kept-code.ts";

const folder = mkdtempSync(path.join(realpathSync(tmpdir()), "holdfast-kept-"));
afterAll(() => rmSync(folder, { recursive: true }));

const kept: KeptCode = {
  time: 1000,
  runs: ["scan", "scan --format"],
  files: new Map([
    ["a.cjs", { stamp: "1 2", code: Buffer.from("first\n\0") }],
    ["b.cjs", { stamp: "3 4", code: Buffer.from("") }],
    ["c.cjs", { stamp: "5 6", code: Buffer.from("third end\n") }],
  ]),
};

test("what is written is read again, as a file of this user's alone", () => {
  const file = path.join(folder, "whole");
  writeKeptCode(file, "program", kept);
  expect(readKeptCode(file, "program")).toEqual(kept);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder).filter((name) => name.startsWith("whole"))).toEqual(["whole"]);
});

test("nothing is read of another program, of what was cut off anywhere, or of no such file", () => {
  const file = path.join(folder, "cut");
  writeKeptCode(file, "program", kept);
  expect(readKeptCode(file, "another")).toBeNull();
  const whole = readFileSync(file);
  for (let length = 0; length < whole.length; length += 1) {
    writeFileSync(file, whole.subarray(0, length));
    expect(readKeptCode(file, "program"), `${length} bytes`).toBeNull();
  }
  writeFileSync(file, Buffer.concat([whole, Buffer.from("x")]));
  expect(readKeptCode(file, "program")).toBeNull();
  expect(readKeptCode(path.join(folder, "missing"), "program")).toBeNull();
});

test("where nothing can be written nothing is said, and nothing is left", () => {
  writeKeptCode(path.join(folder, "missing", "file"), "program", kept);
  mkdirSync(path.join(folder, "taken"));
  writeKeptCode(path.join(folder, "taken"), "program", kept);
  expect(readdirSync(folder).filter((name) => name.startsWith("taken") || name === "missing")).toEqual(["taken"]);
});

test("a file that was replaced by one of the same size and time has another stamp", () => {
  const file = path.join(folder, "stamped");
  const state = (text: string): string => {
    rmSync(file, { force: true });
    writeFileSync(file, text);
    utimesSync(file, 500_000_000, 500_000_000);
    return stampOf(file);
  };
  const first = state("one");
  expect(stampOf(file)).toBe(first);
  expect(state("two")).not.toBe(first);
});

test("a folder is trusted that is this user's and nobody else may write", () => {
  const made = path.join(folder, "own", "made");
  expect(isOwnFolder(made)).toBe(true);
  expect(statSync(made).mode & 0o777).toBe(0o700);
  expect(isOwnFolder(made)).toBe(true);
  symlinkSync(made, path.join(folder, "link"));
  expect(isOwnFolder(path.join(folder, "link"))).toBe(false);
  writeFileSync(path.join(folder, "file"), "");
  expect(isOwnFolder(path.join(folder, "file"))).toBe(false);
  chmodSync(made, 0o720);
  expect(isOwnFolder(made)).toBe(process.getuid === undefined);
});

test("programs in different folders, and commands of one, have names of their own", () => {
  const names = [keptName("/a/dist", "scan"), keptName("/a/dist", "list"), keptName("/b/dist", "scan")];
  expect(new Set(names).size).toBe(3);
  expect(keptName("/a/dist/", "scan")).toBe(names[0]);
});
