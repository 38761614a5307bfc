// Each example prints what its last lines say.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

const examples = readdirSync(import.meta.dirname).filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"));

test.each(examples)(
  "%s",
  (name) => {
    const file = path.join(import.meta.dirname, name);
    const [, said] = readFileSync(file, "utf8").split("// Prints:\n");
    const expected = said?.replaceAll(/^\/\/ ?/gmu, "");
    expect(execFileSync(process.execPath, [file], { encoding: "utf8" })).toBe(expected);
  },
  30_000,
);
