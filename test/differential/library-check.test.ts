import { spawnSync } from "node:child_process";
import { cpSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { needs } from "../acceptance/needs.ts";

const library = path.join(import.meta.dirname, "../../library");

/** What Holdfast brings beside OPA's builtins, with the number of operands; the rules that look at signatures call it. */
const ownBuiltins: ReadonlyMap<string, number> = new Map([
  ["cosign.verify", 2],
  ["cosign.has_signature", 1],
]);

/** Writes the capabilities of OPA and of our own builtins to a file. */
function writeCapabilities(opa: string, file: string): void {
  const { stdout } = spawnSync(opa, ["capabilities", "--current"], { encoding: "utf8", maxBuffer: 2 ** 26 });
  const capabilities = JSON.parse(stdout) as { readonly builtins: readonly object[] };
  const own = [...ownBuiltins].map(([name, operands]) => ({
    name,
    decl: { type: "function", args: Array.from({ length: operands }, () => ({ type: "any" })), result: { type: "any" } },
  }));
  writeFileSync(file, JSON.stringify({ ...capabilities, builtins: [...capabilities.builtins, ...own] }));
}

interface Refusal {
  readonly message: string;
  readonly location: { readonly file: string; readonly row: number };
}

/** What `opa check --strict` says to the Rego files of a folder. */
function check(opa: string, folder: string, capabilities: string): readonly Refusal[] {
  const options = ["check", "--strict", "--max-errors", "0", "--format", "json", "--capabilities", capabilities];
  const { stdout, stderr, status } = spawnSync(opa, [...options, folder], { encoding: "utf8", maxBuffer: 2 ** 26 });
  if (status === 0) return [];
  const { errors } = JSON.parse(stderr.startsWith("{") ? stderr : stdout) as { readonly errors: readonly Refusal[] };
  return errors;
}

// The rules share a package, where their helpers would contradict each other: all can be checked at once where each has one of its own.
test("OPA accepts the rules of the library in its strict mode", { timeout: 120_000 }, (context) => {
  const opa = needs(context, "opa");
  const temporary = mkdtempSync(path.join(tmpdir(), "holdfast-check-"));
  const folder = path.join(temporary, "library");
  const capabilities = path.join(temporary, "capabilities.json");
  try {
    writeCapabilities(opa, capabilities);
    cpSync(path.join(library, "lib"), path.join(folder, "lib"), { recursive: true });
    const files = globSync("rules/*/{rule,filter}.rego", { cwd: library }).toSorted();
    files.forEach((file, i) => {
      const source = readFileSync(path.join(library, file), "utf8");
      mkdirSync(path.join(folder, path.dirname(file)), { recursive: true });
      writeFileSync(path.join(folder, file), source.replace(/^package .*$/m, `package checked.r${i}`));
    });
    expect(files.length).toBeGreaterThan(200);
    const refused = check(opa, folder, capabilities);
    expect(refused.map(({ location, message }) => `${path.relative(folder, location.file)}:${location.row}: ${message}`)).toEqual([]);

    writeFileSync(path.join(folder, "wrong.rego"), "package wrong\np if x == 1\n");
    expect(check(opa, folder, capabilities).map(({ message }) => message)).toContain("var x is unsafe");
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
});
