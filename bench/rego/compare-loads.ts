import type { RegoValue } from "@holdfast/rego";
import { median } from "../median.ts";
import { textTable } from "../text-table.ts";
import { HoldfastRule } from "./holdfast.ts";
import { Inputs } from "./inputs.ts";
import { OpaProcess } from "./opa.ts";
import type { RuleLoad, Samples } from "./rule-load.ts";
import { findingDifferences } from "./same-findings.ts";

/** How many iterations an engine has before it is the other's turn. */
const TURN = 3;

/** An evaluation of OPA's that has taken so long, in milliseconds, is ended, and not begun again: there are joins that take it minutes. */
const LONGEST = 20_000;

/** Where an iteration takes long, an engine has at least so many after the first. */
const LEAST_ITERATIONS = 3;

/** How many loads a process of OPA's evaluates: what it found stays in its memory, which all later collections of garbage go through. */
const LOADS_PER_PROCESS = 32;

/** How often a load is evaluated. */
export interface Effort {
  /** How many iterations each engine has after the first. */
  readonly iterations: number;
  /** An engine that needs more milliseconds for them has as many as fit, but no fewer than three. */
  readonly millis: number;
  /** Whether loads with the same input share some that were parsed, one for each iteration of a turn; else every iteration has its own. */
  readonly sharedInputs: boolean;
}

/** What a load took in the steady state, in milliseconds by the clock, and by how much Holdfast is faster. */
export interface ComparedLoad {
  readonly name: string;
  readonly theirs: number;
  readonly ours: number;
  readonly ratio: number;
  readonly processorRatio: number;
  readonly firstRatio: number;
  /** Whether OPA was ended before it had found anything: it is faster by more than the ratios say. */
  readonly atLeast: boolean;
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
  effort: Effort,
  work: string,
  note: (load: ComparedLoad) => string = () => "",
  found: (findings: readonly unknown[]) => void = () => {},
): Promise<Comparison> {
  const head = ["rule", "results", "OPA iterations", "first", "median", "processor", "Holdfast iterations", "first", "median", "processor"];
  const rows = [[...head, "ratio first", "of medians", "processor", ""]];
  const compared: ComparedLoad[] = [];
  const different: string[] = [];
  const samples: string[] = [];
  const inputs = new Inputs(effort.sharedInputs ? TURN : 0);
  let opaProcess: OpaProcess | null = null;
  for (const [i, load] of loads.entries()) {
    if (opaProcess === null || i % LOADS_PER_PROCESS === 0) {
      opaProcess?.end();
      opaProcess = await OpaProcess.start(opa, loads.slice(i, i + LOADS_PER_PROCESS), data, work, LONGEST);
    }
    const engine = opaProcess;
    const rule = new HoldfastRule(load, data, inputs);
    const [theirs, ours] = await inTurns(
      effort,
      (times) => engine.run(load.name, times),
      (times) => rule.run(times),
    );
    found(rule.findings);
    if (!theirs.ended) {
      const { onlyLeft, onlyRight } = findingDifferences(rule.findings, await engine.findings(load.name));
      if (onlyLeft.length + onlyRight.length > 0) {
        different.push(
          `${load.name}: only Holdfast: ${onlyLeft[0] ?? "nothing"}\n  only OPA: ${onlyRight[0] ?? "nothing"} (${onlyLeft.length} and ${onlyRight.length} in all)`,
        );
      }
    }
    const [left, right] = [figures(theirs), figures(ours)];
    const ratios = left.map((figure, i) => figure / (right[i] ?? Number.NaN));
    const [firstRatio = Number.NaN, ratio = Number.NaN, processorRatio = Number.NaN] = ratios;
    const one = { name: load.name, theirs: left[1], ours: right[1], ratio, processorRatio, firstRatio, atLeast: theirs.ended };
    compared.push(one);
    const sides = [theirs, ours].map((samples, side) => [
      String(samples.clock.length),
      ...(side === 0 ? left : right).map((number) => number.toFixed(2)),
    ]);
    const shownRatios = ratios.map((each) => `${theirs.ended ? "> " : ""}${each.toFixed(1)}x`);
    rows.push([load.name, String(rule.findings.length), ...sides.flat(), ...shownRatios, note(one)]);
    samples.push(`${load.name}\n${shown("OPA", theirs)}\n${shown("Holdfast", ours)}`);
  }
  opaProcess?.end();
  return { title: opaProcess?.title ?? "", loads: compared, different, table: textTable(rows), samples: samples.join("\n") };
}

/**
 * One iteration of each engine, the first, and then a few in turn. How many fit into the time that OPA has is known by its first iteration; it has them spread over all turns.
 * Holdfast's first takes several times as long as the others, so that it goes on until the time is over.
 */
async function inTurns(
  effort: Effort,
  theirs: (times: number) => Promise<Samples>,
  ours: (times: number) => Samples,
): Promise<readonly [Samples, Samples]> {
  const all: readonly [Samples[], Samples[]] = [[await theirs(1)], [ours(1)]];
  const theirCount = timesAfter(all[0][0], effort);
  const turns = Math.ceil(effort.iterations / TURN);
  for (let turn = 0; turn < turns; turn++) {
    const theirTimes = share(theirCount, turn, turns);
    if (theirTimes > 0 && all[0].at(-1)?.ended !== true) all[0].push(await theirs(theirTimes));
    const { clock } = joined(all[1]);
    const ourTimes = share(effort.iterations, turn, turns);
    if (clock.length <= LEAST_ITERATIONS || sum(clock) < effort.millis) all[1].push(ours(ourTimes));
  }
  return [joined(all[0]), joined(all[1])];
}

/** How many iterations OPA has after the first. */
function timesAfter(first: Samples | undefined, { iterations, millis }: Effort): number {
  const taken = first?.clock[0] ?? Number.NaN;
  if (first?.ended === true || taken * LEAST_ITERATIONS > LONGEST) return 0;
  return Math.min(iterations, Math.max(LEAST_ITERATIONS, Math.floor(millis / taken)));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** How many of so many iterations an engine has in one of the turns. */
function share(count: number, turn: number, turns: number): number {
  return Math.floor(((turn + 1) * count) / turns) - Math.floor((turn * count) / turns);
}

function joined(turns: readonly Samples[]): Samples {
  return {
    clock: turns.flatMap(({ clock }) => clock),
    processor: turns.flatMap(({ processor }) => processor),
    ended: turns.some(({ ended }) => ended),
  };
}

/** The first iteration by the clock, and the steady state by the clock and of the processor's time: the first where there is no other. */
function figures({ clock, processor }: Samples): readonly [number, number, number] {
  const from = clock.length > 1 ? 1 : 0;
  return [clock[0] ?? Number.NaN, median(clock.slice(from)), median(processor.slice(from))];
}

function shown(engine: string, { clock, processor, ended }: Samples): string {
  return `  ${engine.padEnd(8)} ${numbers(clock)}; processor ${numbers(processor)}${ended ? "; ended" : ""}`;
}

function numbers(values: readonly number[]): string {
  return values.map((value) => value.toFixed(2)).join(" ");
}
