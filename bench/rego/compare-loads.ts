import type { RegoValue } from "@holdfast/rego";
import { median } from "../median.ts";
import { textTable } from "../text-table.ts";
import { HoldfastRule } from "./holdfast.ts";
import { OpaProcess } from "./opa.ts";
import type { RuleLoad, Samples } from "./rule-load.ts";
import { findingDifferences } from "./same-findings.ts";

/** How many iterations an engine has before it is the other's turn. */
const TURN = 3;

/** A load that has taken so long, in milliseconds, is not evaluated again: there are joins that take OPA minutes. */
const LONGEST = 20_000;

/** How many loads a process of OPA's evaluates: what it found stays in its memory, which all later collections of garbage go through. */
const LOADS_PER_PROCESS = 32;

/** What a load took in the steady state, in milliseconds by the clock, and by how much Holdfast is faster. */
export interface ComparedLoad {
  readonly name: string;
  readonly theirs: number;
  readonly ours: number;
  readonly ratio: number;
  readonly processorRatio: number;
  readonly firstRatio: number;
}

/** Both engines on the same loads. */
export interface Comparison {
  readonly title: string;
  readonly loads: readonly ComparedLoad[];
  readonly different: readonly string[];
  readonly table: string;
  readonly samples: string;
}

/**
 * Evaluates each load so often with both engines, which take turns of a few iterations, so that what else the machine does hits both. Compares what they
 * give in full. `note` says of a load's ratio what is to be printed beside it; `found` is told what each load gave.
 */
export async function compareLoads(
  opa: string,
  loads: readonly RuleLoad[],
  data: RegoValue,
  iterations: number,
  work: string,
  note: (load: ComparedLoad) => string = () => "",
  found: (findings: readonly unknown[]) => void = () => {},
): Promise<Comparison> {
  const head = ["rule", "results", "OPA first", "median", "processor", "Holdfast first", "median", "processor"];
  const rows = [[...head, "ratio first", "of medians", "processor", ""]];
  const compared: ComparedLoad[] = [];
  const different: string[] = [];
  const samples: string[] = [];
  let opaProcess: OpaProcess | null = null;
  for (const [i, load] of loads.entries()) {
    if (opaProcess === null || i % LOADS_PER_PROCESS === 0) {
      opaProcess?.end();
      opaProcess = await OpaProcess.start(opa, loads.slice(i, i + LOADS_PER_PROCESS), data, work);
    }
    const engine = opaProcess;
    const rule = new HoldfastRule(load, data);
    const [theirs, ours] = await inTurns(
      iterations,
      (times) => engine.run(load.name, times),
      (times) => rule.run(times),
    );
    found(rule.findings);
    const { onlyLeft, onlyRight } = findingDifferences(rule.findings, await engine.findings(load.name));
    if (onlyLeft.length + onlyRight.length > 0) {
      different.push(
        `${load.name}: only Holdfast: ${onlyLeft[0] ?? "nothing"}\n  only OPA: ${onlyRight[0] ?? "nothing"} (${onlyLeft.length} and ${onlyRight.length} in all)`,
      );
    }
    const [left, right] = [figures(theirs), figures(ours)];
    const ratios = left.map((figure, i) => figure / (right[i] ?? Number.NaN));
    const [firstRatio = Number.NaN, ratio = Number.NaN, processorRatio = Number.NaN] = ratios;
    const one = { name: load.name, theirs: left[1], ours: right[1], ratio, processorRatio, firstRatio };
    compared.push(one);
    const cells = [...left, ...right].map((number) => number.toFixed(2));
    rows.push([load.name, String(rule.findings.length), ...cells, ...ratios.map((each) => `${each.toFixed(1)}x`), note(one)]);
    samples.push(`${load.name}\n${shown("OPA", theirs)}\n${shown("Holdfast", ours)}`);
  }
  opaProcess?.end();
  return { title: opaProcess?.title ?? "", loads: compared, different, table: textTable(rows), samples: samples.join("\n") };
}

/** One iteration of each engine, the first, and then a few in turn until there are enough, or they have taken too long. */
async function inTurns(
  iterations: number,
  theirs: (times: number) => Promise<Samples>,
  ours: (times: number) => Samples,
): Promise<readonly [Samples, Samples]> {
  const all: [Samples[], Samples[]] = [[], []];
  let spent = 0;
  for (let done = 0; done < iterations && spent < LONGEST;) {
    const times = done === 0 ? 1 : Math.min(TURN, iterations - done);
    const turn = [await theirs(times), ours(times)] as const;
    all[0].push(turn[0]);
    all[1].push(turn[1]);
    spent += [...turn[0].clock, ...turn[1].clock].reduce((sum, millis) => sum + millis, 0);
    done += times;
  }
  return [joined(all[0]), joined(all[1])];
}

function joined(turns: readonly Samples[]): Samples {
  return { clock: turns.flatMap(({ clock }) => clock), processor: turns.flatMap(({ processor }) => processor) };
}

/** The first iteration by the clock, and the steady state by the clock and of the processor's time: the first where there is no other. */
function figures({ clock, processor }: Samples): readonly [number, number, number] {
  const from = clock.length > 1 ? 1 : 0;
  return [clock[0] ?? Number.NaN, median(clock.slice(from)), median(processor.slice(from))];
}

function shown(engine: string, { clock, processor }: Samples): string {
  return `  ${engine.padEnd(8)} ${numbers(clock)}; processor ${numbers(processor)}`;
}

function numbers(values: readonly number[]): string {
  return values.map((value) => value.toFixed(2)).join(" ");
}
