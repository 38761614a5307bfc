// `npm run bench -- compile`: what compiling a library of 295 rules costs in a process that has compiled nothing, and what one rule of a user's costs.
import { spawnSync } from "node:child_process";
import path from "node:path";
import { parseArgs } from "node:util";
import { readLibrary } from "@holdfast/posture";
import { compile, type ModuleSource } from "@holdfast/rego";
import { libraryFiles } from "../../apps/cli/checkout-library.ts";
import { median } from "../median.ts";

const LIBRARY_SIZE = 295;
const LIBRARY_MILLIS = 1500;
const RULE_MILLIS = 30;

const { values: options } = parseArgs({ options: { runs: { type: "string", default: "5" }, measure: { type: "string" } } });

if (options.measure === undefined) {
  const runs = Number(options.runs);
  const held = [
    report(`a library of ${LIBRARY_SIZE} rules, cold`, samples("library", runs), LIBRARY_MILLIS),
    report("one rule of a user's, cold", samples("rule", runs), RULE_MILLIS),
    report("one more rule, in a process that has compiled the library", samples("more", runs), RULE_MILLIS),
  ];
  process.exitCode = held.includes(false) ? 1 : 0;
} else console.log(measure(options.measure));

/** What a process of its own measures, so often, in milliseconds. */
function samples(what: string, runs: number): readonly number[] {
  return Array.from({ length: runs }, () => {
    const { stdout, stderr, status } = spawnSync(process.execPath, [import.meta.filename, "--measure", what], { encoding: "utf8" });
    if (status !== 0) throw new Error(`measuring failed: ${stderr}`);
    return Number(stdout);
  });
}

function report(what: string, millis: readonly number[], wanted: number): boolean {
  const middle = median(millis);
  const held = middle < wanted;
  console.log(`${what}: ${middle.toFixed(1)} ms (less than ${wanted} wanted): ${held ? "held" : "MISSED"}`);
  console.log(`  samples: ${millis.map((value) => value.toFixed(1)).join(" ")}`);
  return held;
}

/** Milliseconds from sources to rules that have been evaluated once, on no objects: they are parsed, checked, planned, emitted and linked then. */
function measure(what: string): number {
  const library = otherNames(nsaRules());
  const [first] = library;
  if (first === undefined) throw new Error("there are no rules");
  if (what === "more") for (const rule of library.slice(1)) ready(rule);
  const begun = performance.now();
  for (const rule of what === "library" ? library : [first]) ready(rule);
  return performance.now() - begun;
}

function ready(modules: readonly ModuleSource[]): void {
  const { program, diagnostics } = compile({ modules, entrypoints: [["armo_builtins", "deny"]] });
  const deny = program?.rule(["armo_builtins", "deny"]);
  if (deny === undefined || deny === null) throw new Error(diagnostics[0]?.message ?? "no rule deny");
  deny({ input: [] });
}

function nsaRules(): readonly (readonly ModuleSource[])[] {
  const { library, rules } = readLibrary(libraryFiles(path.join(import.meta.dirname, "../../library")));
  const nsa = new Set(library.frameworks.find(({ id }) => id === "nsa")?.sections.flatMap(({ controls }) => controls));
  const wanted = new Set(library.controls.flatMap((control) => (nsa.has(control.id) ? control.rules : [])));
  return rules.filter(({ description: { name } }) => wanted.has(name)).map(({ modules }) => modules);
}

/** The rules over and over until there are enough. The texts of a round's own modules differ from those of others, so that no tree is used twice; what rules share is the same in all. */
function otherNames(rules: readonly (readonly ModuleSource[])[]): readonly (readonly ModuleSource[])[] {
  return Array.from({ length: LIBRARY_SIZE }, (_, i) => {
    const round = Math.floor(i / rules.length);
    return (rules[i % rules.length] ?? []).map((module) =>
      module.source.includes("package armo_builtins")
        ? { ...module, file: `round-${round}/${module.file}`, source: `${module.source}\n# round ${round}, rule ${i}\n` }
        : module,
    );
  });
}
