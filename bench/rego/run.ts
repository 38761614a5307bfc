// `npm run bench -- rego`: what the evaluation of each NSA rule over 3,500 objects costs, Holdfast and OPA on the same modules and input.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import type { KubernetesObject } from "@holdfast/core";
import { readLibrary, ruleInput } from "@holdfast/posture";
import { libraryFiles } from "../../apps/cli/checkout-library.ts";
import { estate } from "../load/write-estate.ts";
import { median } from "../median.ts";
import { textTable } from "../text-table.ts";
import { measureWithHoldfast } from "./holdfast.ts";
import { objectsWithFindings } from "./objects-with-findings.ts";
import { measureWithOpa, opaProgram } from "./opa.ts";
import type { RuleLoad } from "./rule-load.ts";
import { findingDifferences } from "./same-findings.ts";

const TARGET = 8;
const { values: options } = parseArgs({
  options: {
    iterations: { type: "string", default: "15" },
    shops: { type: "string", default: "100" },
    rule: { type: "string", multiple: true },
  },
});
const iterations = Number(options.iterations) + 1;
const root = path.join(import.meta.dirname, "../..");
const opa = opaProgram(root);
if (opa === null) {
  console.error("OPA is not at hand: run tools/install-peers");
  process.exit(2);
}

const { library, rules } = readLibrary(libraryFiles(path.join(root, "library")));
const nsa = new Set(library.frameworks.find(({ id }) => id === "nsa")?.sections.flatMap(({ controls }) => controls));
const wanted = new Set(library.controls.flatMap((control) => (nsa.has(control.id) ? control.rules : [])));
const objects = estate(Number(options.shops)) as readonly KubernetesObject[];
const whole = JSON.stringify(objects);
const loads: readonly RuleLoad[] = rules
  .filter(({ description: { name } }) => wanted.has(name) && (options.rule?.includes(name) ?? true))
  .map(({ description, modules }) => ({
    name: description.name,
    modules,
    inputText: description.aggregate === null ? whole : JSON.stringify(ruleInput(description, objects)),
  }));
if (loads.length === 0) throw new Error("there is no such rule among those of the NSA framework");
const parameters = Object.fromEntries(library.parameters.map((parameter) => [parameter.name, parameter.default]));
const data = { postureControlInputs: parameters, dataControlInputs: { cloudProvider: "" } };

const work = mkdtempSync(path.join(tmpdir(), "holdfast-bench-"));
try {
  const measuredOpa = measureWithOpa(opa, loads, data, iterations, work);
  const header = ["rule", "findings", "OPA first", "median", "Holdfast first", "median", "ratio of medians"];
  const rows: string[][] = [];
  const samples: string[] = [];
  const ratios: number[] = [];
  const sums = { theirs: 0, ours: 0 };
  const different: string[] = [];
  const faulty = new Set<string>();
  for (const load of loads) {
    const theirs = measuredOpa.measures.get(load.name);
    if (theirs === undefined) throw new Error(`OPA reported nothing on ${load.name}`);
    const ours = measureWithHoldfast(load, data, iterations);
    for (const identity of objectsWithFindings(ours.findings)) faulty.add(identity);
    const { onlyLeft, onlyRight } = findingDifferences(ours.findings, theirs.findings);
    if (onlyLeft.length + onlyRight.length > 0) {
      different.push(
        `${load.name}: only Holdfast: ${onlyLeft[0] ?? "nothing"}\n  only OPA: ${onlyRight[0] ?? "nothing"} (${onlyLeft.length} and ${onlyRight.length} in all)`,
      );
    }
    const medians = { theirs: median(theirs.millis.slice(1)), ours: median(ours.millis.slice(1)) };
    ratios.push(medians.theirs / medians.ours);
    sums.theirs += medians.theirs;
    sums.ours += medians.ours;
    const cells = [theirs.millis[0] ?? Number.NaN, medians.theirs, ours.millis[0] ?? Number.NaN, medians.ours].map((number) =>
      number.toFixed(2),
    );
    rows.push([load.name, String(ours.findings.length), ...cells, `${(medians.theirs / medians.ours).toFixed(1)}x`]);
    samples.push(`${load.name}\n  OPA      ${numbers(theirs.millis)}\n  Holdfast ${numbers(ours.millis)}`);
  }
  const share = faulty.size / objects.length;
  console.log(
    `${measuredOpa.title}; Holdfast on Node ${process.version}; ${objects.length} objects, ${iterations - 1} iterations after the first; times in ms.\n`,
  );
  console.log(textTable([header, ...rows]));
  console.log(`\nRaw samples, the first iteration first:\n${samples.join("\n")}`);
  console.log(`\nObjects with findings: ${(100 * share).toFixed(1)} % (at least 20 % wanted)`);
  console.log(`Findings: ${different.length === 0 ? "the same, compared in full" : `DIFFERENT:\n${different.join("\n")}`}`);
  console.log(
    `Median of the ratios: ${median(ratios).toFixed(1)}x (at least ${TARGET}x wanted); least ${Math.min(...ratios).toFixed(1)}x, most ${Math.max(...ratios).toFixed(1)}x`,
  );
  console.log(
    `All rules together: OPA ${sums.theirs.toFixed(0)} ms, Holdfast ${sums.ours.toFixed(0)} ms, ${(sums.theirs / sums.ours).toFixed(1)}x`,
  );
  const partial = options.rule !== undefined;
  process.exitCode = different.length > 0 || (!partial && (share < 0.2 || median(ratios) < TARGET)) ? 1 : 0;
} finally {
  rmSync(work, { recursive: true, force: true });
}

function numbers(values: readonly number[]): string {
  return values.map((value) => value.toFixed(2)).join(" ");
}
