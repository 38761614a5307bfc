import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { completeLock, type Lock } from "./lock-file.ts";
import { root } from "./run-tool.ts";

const LOCK: Lock = {
  lockfileVersion: 3,
  packages: {
    "": { version: "1.0.0" },
    "node_modules/a": {
      version: "1.0.0",
      license: "MIT",
      optionalDependencies: { "@a/linux-x64-gnu": "1.0.0", "@a/win32-x64-msvc": "1.0.0" },
    },
    "node_modules/@a/linux-x64-gnu": { version: "1.0.0" },
    "node_modules/b": { version: "2.0.0", optionalDependencies: { "b-linux-arm-musleabihf": "2.0.0", "b-darwin-arm64": "2.0.0" } },
    "node_modules/b/node_modules/b-darwin-arm64": { version: "2.0.0" },
  },
};

test("the lock file names every optional package, so that npm ci takes it", () => {
  const lock = JSON.parse(readFileSync(path.join(root, "package-lock.json"), "utf8")) as Lock;
  // What is missing is added by: node tools/node24.cjs tools/complete-lock.ts
  expect(completeLock(lock).added).toEqual([]);
});

test("missing platforms are added in order with what their names say", () => {
  const { lock, added } = completeLock(LOCK);
  expect(added).toEqual(["node_modules/@a/win32-x64-msvc", "node_modules/b-linux-arm-musleabihf"]);
  expect(lock.packages["node_modules/@a/win32-x64-msvc"]).toEqual({
    version: "1.0.0",
    cpu: ["x64"],
    os: ["win32"],
    dev: true,
    license: "MIT",
    optional: true,
  });
  expect(lock.packages["node_modules/b-linux-arm-musleabihf"]).toEqual({
    version: "2.0.0",
    cpu: ["arm"],
    os: ["linux"],
    libc: ["musl"],
    dev: true,
    optional: true,
  });
  expect(Object.keys(lock.packages)).toEqual(Object.keys(lock.packages).toSorted((a, b) => a.localeCompare(b, "en")));
});

test("a version beside another goes below the package that names it", () => {
  const lock: Lock = {
    packages: {
      "node_modules/@a/linux-x64": { version: "1.0.0" },
      "node_modules/a": { version: "2.0.0", optionalDependencies: { "@a/linux-x64": "2.0.0", fsevents: "~2.3.3" } },
      "node_modules/fsevents": { version: "2.3.4" },
    },
  };
  expect(completeLock(lock).added).toEqual(["node_modules/a/node_modules/@a/linux-x64"]);
});

test("a complete lock file stays as it is", () => {
  const { lock } = completeLock(LOCK);
  expect(completeLock(lock)).toEqual({ lock, added: [] });
});

test("a package whose name tells no platform can't be made up", () => {
  const lock: Lock = { packages: { "": { optionalDependencies: { fsevents: "2.0.0" } } } };
  expect(() => completeLock(lock)).toThrow("fsevents is missing");
});
