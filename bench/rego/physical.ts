import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { fromJson, type RegoValue } from "@holdfast/rego";
import { median } from "../median.ts";
import { textTable } from "../text-table.ts";
import { OpaProcess } from "./opa.ts";
import type { RuleLoad } from "./rule-load.ts";
import { findingDifferences } from "./same-findings.ts";

/** How often each process is started. */
const PROCESSES = 5;

/** What measure-one.ts prints: milliseconds by the clock, first iteration first, and of the processor for one iteration. */
interface Measured {
  readonly millis: readonly number[];
  /** As JSON, with all digits of their numbers. */
  readonly findings: string;
  readonly processor: number;
}

/** How far emitted code is from loops written by hand, and where it gave other findings. */
export interface Physical {
  readonly table: string;
  /** The largest ratio of a rule's emitted code to its loop, by the clock, in the steady state. */
  readonly furthest: number;
  readonly different: readonly string[];
}

/** Evaluates rules with loops that were written by hand, as emitted code, and with OPA. The first two have processes of their own, several each, in turn. */
export async function comparePhysical(
  opa: string,
  loads: readonly RuleLoad[],
  data: RegoValue,
  iterations: number,
  work: string,
): Promise<Physical> {
  const opaProcess = await OpaProcess.start(opa, loads, data, work);
  const head = ["rule", "findings", "loop first", "median", "processor", "emitted first", "median", "processor", "OPA first", "median"];
  const rows = [[...head, "emitted to loop: first", "median", "processor"]];
  const different: string[] = [];
  let furthest = 0;
  for (const load of loads) {
    const job = path.join(work, "physical.json");
    writeFileSync(job, JSON.stringify({ load, data }));
    const runs = Array.from({ length: PROCESSES }, () => [measure("hand", job, iterations), measure("emitted", job, iterations)] as const);
    const hand = runs.map(([one]) => one);
    const emitted = runs.map(([, one]) => one);
    const { clock: opaMillis } = await opaProcess.run(load.name, iterations);
    const found = findingsOf(emitted);
    for (const [who, others] of [
      ["the loop", findingsOf(hand)],
      ["OPA", await opaProcess.findings(load.name)],
    ] as const) {
      const { onlyLeft, onlyRight } = findingDifferences(found, others);
      if (onlyLeft.length + onlyRight.length > 0)
        different.push(`${load.name}: ${onlyLeft[0] ?? "nothing"} or, from ${who}, ${onlyRight[0] ?? "nothing"}`);
    }
    const [left, right] = [figures(hand), figures(emitted)];
    const ratios = left.map((figure, i) => (right[i] ?? Number.NaN) / figure);
    furthest = Math.max(furthest, ratios[1] ?? Number.NaN);
    const theirFigures = [opaMillis[0] ?? Number.NaN, median(opaMillis.slice(1))];
    const cells = [...left, ...right, ...theirFigures].map((number) => number.toFixed(2));
    rows.push([load.name, String(found.length), ...cells, ...ratios.map((ratio) => `${ratio.toFixed(1)}x`)]);
  }
  opaProcess.end();
  return { table: textTable(rows), furthest, different };
}

/** What the first process found. */
function findingsOf(runs: readonly Measured[]): readonly RegoValue[] {
  return fromJson(runs[0]?.findings ?? "[]") as readonly RegoValue[];
}

/** The first iteration, the steady state and the processor time, each the median over processes. */
function figures(runs: readonly Measured[]): readonly number[] {
  return [
    median(runs.map(({ millis }) => millis[0] ?? Number.NaN)),
    median(runs.map(({ millis }) => median(millis.slice(1)))),
    median(runs.map(({ processor }) => processor)),
  ];
}

function measure(engine: string, job: string, iterations: number): Measured {
  const file = path.join(import.meta.dirname, "measure-one.ts");
  const text = execFileSync(process.execPath, ["--expose-gc", file, engine, job, String(iterations)], {
    encoding: "utf8",
    maxBuffer: 64 * 2 ** 20,
  });
  return JSON.parse(text) as Measured;
}
