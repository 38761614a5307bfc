import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { RuleLoad } from "./rule-load.ts";
import { chanceFor, stressInputs } from "./stress-inputs.ts";

const folder = path.join(import.meta.dirname, "stress");

/** The stress programs, each with its input. */
export function stressLoads(): readonly RuleLoad[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".rego"))
    .toSorted()
    .map((file) => {
      const name = path.basename(file, ".rego");
      const make = stressInputs[name];
      if (make === undefined) throw new Error(`there is no input for ${file}`);
      const source = readFileSync(path.join(folder, file), "utf8");
      return { name, modules: [{ file, source }], rule: ["stress", "result"], inputText: JSON.stringify(make(chanceFor(name))) };
    });
}
