// `npm run bench -- NAME`: measures the product, against a peer where one is at hand. What each measures: bench/README.md.
import { spawnSync } from "node:child_process";
import path from "node:path";

const BENCHMARKS: Readonly<Record<string, string>> = {
  cluster: "a scan of a live cluster with 5,000 objects (a real API server, which tools/install-cluster builds)",
  compile: "compiling the library of Holdfast, and one rule",
  executable: "the start of the single executable, beside Node alone",
  rego: "evaluation of the NSA rules and of stress programs, Holdfast and OPA",
  report: "a stored result with 100,000 findings in every format",
  scan: "a scan from YAML files to a JSON report, and the start of the program",
};

const [name, ...rest] = process.argv.slice(2);
if (name === undefined || !Object.hasOwn(BENCHMARKS, name)) {
  const list = Object.entries(BENCHMARKS).map(([each, what]) => `  npm run bench -- ${each.padEnd(10)} ${what}`);
  console.error(`${name === undefined ? "Say what to measure" : `There is no benchmark ${name}`}:\n${list.join("\n")}`);
  process.exitCode = 2;
} else {
  // What is measured is what the sources say now, never a program that was built before a change.
  const built = spawnSync(process.execPath, [path.join(import.meta.dirname, "../tools/build.ts")], { stdio: "inherit" });
  if (built.status !== 0) process.exit(built.status ?? 1);
  // Measurements collect garbage between iterations, so that none pays for the one before.
  const { status } = spawnSync(process.execPath, ["--expose-gc", path.join(import.meta.dirname, name, "run.ts"), ...rest], {
    stdio: "inherit",
  });
  process.exitCode = status ?? 1;
}
