import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { currentCapabilities, functionType, type Capabilities, type CapabilityBuiltin } from "./capabilities.ts";

/** The type of a builtin, with members of unions and fields in one order, and without descriptions. */
function typeText(builtin: CapabilityBuiltin): string {
  const sorted = (value: unknown): unknown => {
    if (value instanceof Map)
      return { fields: [...value].map(([key, each]) => `${String(key)}: ${JSON.stringify(sorted(each))}`).toSorted() };
    if (Array.isArray(value)) return value.map(sorted);
    if (typeof value !== "object" || value === null) return value;
    const entries = Object.entries(value).map(([key, each]) => {
      const part = sorted(each);
      const isUnion = key === "of" && Array.isArray(part);
      return [key, isUnion ? part.map((member) => JSON.stringify(member)).toSorted() : part] as const;
    });
    return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)));
  };
  return JSON.stringify(sorted(functionType(builtin)));
}

test("every builtin of OPA is there with the type that OPA declares", ({ skip }) => {
  const folder = process.env["HOLDFAST_PEERS"] ?? path.join(homedir(), ".cache/holdfast/peers");
  const opa = path.join(folder, "bin/opa");
  if (!existsSync(opa)) {
    if (process.env["HOLDFAST_REQUIRE_ALL"] === "1") throw new Error("missing: opa; install it with tools/install-peers opa");
    return skip("missing: opa; install it with tools/install-peers opa");
  }
  const theirs = JSON.parse(spawnSync(opa, ["capabilities", "--current"], { encoding: "utf8" }).stdout) as Capabilities;
  const ours = currentCapabilities();
  const types = new Map(ours.builtins?.map((builtin) => [builtin.name, typeText(builtin)]));
  const differing = (theirs.builtins ?? []).filter((builtin) => types.get(builtin.name) !== typeText(builtin)).map(({ name }) => name);
  // OPA gives null for a text without a key, and false for what is no text; it declares neither.
  expect(differing).toEqual(["crypto.x509.parse_rsa_private_key", "uri.is_valid"]);
  expect(ours.features).toEqual(theirs.features);
  expect(ours.future_keywords).toEqual(theirs.future_keywords);
  const known = new Set(theirs.builtins?.map(({ name }) => name));
  expect([...types.keys()].filter((name) => !known.has(name))).toEqual(["image.parse_normalized_name"]);
});

test("capabilities are plain JSON, and say the same after a journey", () => {
  const ours = currentCapabilities();
  const read = JSON.parse(JSON.stringify(ours)) as Capabilities;
  expect(read).toEqual(ours);
  expect(read.builtins?.map(typeText)).toEqual(ours.builtins?.map(typeText));
});
