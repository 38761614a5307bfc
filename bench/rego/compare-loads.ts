import type { RegoValue } from "@holdfast/rego";
import { median } from "../median.ts";
import { textTable } from "../text-table.ts";
import { measureWithHoldfast } from "./holdfast.ts";
import { measureWithOpa } from "./opa.ts";
import type { RuleLoad } from "./rule-load.ts";
import { findingDifferences } from "./same-findings.ts";

/** What a load took, in milliseconds, and by how much Holdfast is faster in the steady state and the first time. */
export interface ComparedLoad {
  readonly name: string;
  readonly theirs: number;
  readonly ours: number;
  readonly ratio: number;
  readonly firstRatio: number;
}

/** Both engines on the same loads. */
export interface Comparison {
  readonly title: string;
  readonly loads: readonly ComparedLoad[];
  /** Findings of ours, of all loads. */
  readonly findings: readonly unknown[];
  readonly different: readonly string[];
  readonly table: string;
  readonly samples: string;
}

/** Evaluates each load so often with both engines and compares what they give in full. `note` says of a load's ratio what is to be printed beside it. */
export function compareLoads(
  opa: string,
  loads: readonly RuleLoad[],
  data: RegoValue,
  iterations: number,
  work: string,
  note: (load: ComparedLoad) => string,
): Comparison {
  const opaMeasures = measureWithOpa(opa, loads, data, iterations, work);
  const rows = [["rule", "results", "OPA first", "median", "Holdfast first", "median", "ratio first", "ratio of medians", ""]];
  const compared: ComparedLoad[] = [];
  const findings: unknown[] = [];
  const different: string[] = [];
  const samples: string[] = [];
  for (const load of loads) {
    const theirs = opaMeasures.measures.get(load.name);
    if (theirs === undefined) throw new Error(`OPA reported nothing on ${load.name}`);
    const ours = measureWithHoldfast(load, data, iterations);
    findings.push(...ours.findings);
    const { onlyLeft, onlyRight } = findingDifferences(ours.findings, theirs.findings);
    if (onlyLeft.length + onlyRight.length > 0) {
      different.push(
        `${load.name}: only Holdfast: ${onlyLeft[0] ?? "nothing"}\n  only OPA: ${onlyRight[0] ?? "nothing"} (${onlyLeft.length} and ${onlyRight.length} in all)`,
      );
    }
    const [theirFirst = Number.NaN] = theirs.millis;
    const [ourFirst = Number.NaN] = ours.millis;
    const medians = { theirs: median(theirs.millis.slice(1)), ours: median(ours.millis.slice(1)) };
    const one = { name: load.name, ...medians, ratio: medians.theirs / medians.ours, firstRatio: theirFirst / ourFirst };
    compared.push(one);
    const cells = [theirFirst, medians.theirs, ourFirst, medians.ours].map((number) => number.toFixed(2));
    rows.push([load.name, String(ours.findings.length), ...cells, `${one.firstRatio.toFixed(1)}x`, `${one.ratio.toFixed(1)}x`, note(one)]);
    samples.push(`${load.name}\n  OPA      ${numbers(theirs.millis)}\n  Holdfast ${numbers(ours.millis)}`);
  }
  return { title: opaMeasures.title, loads: compared, findings, different, table: textTable(rows), samples: samples.join("\n") };
}

function numbers(values: readonly number[]): string {
  return values.map((value) => value.toFixed(2)).join(" ");
}
