// What Holdfast says is the line to edit, measured against the lines that were written down beforehand. It prints what it misses.
import { mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import path from "node:path";
import type { Finding, Result } from "@holdfast/core";
import { afterAll, describe, expect, test } from "vitest";
import { machinePath, runHoldfast } from "../acceptance/run-holdfast.ts";
import { expectedInputs, type ExpectedFinding, type ExpectedInput } from "./expected-inputs.ts";

type AtHand = ExpectedInput & { readonly base: string };

/** How a finding came out: `exact`, `block` for the right file and block, `wrong`, or `absent` where there is no such finding or place. */
interface Measured {
  readonly loader: ExpectedInput["loader"];
  readonly outcome: "exact" | "block" | "wrong" | "absent";
  readonly text: string;
}

const peers = path.join(process.env["HOLDFAST_PEERS"] ?? path.join(homedir(), ".cache/holdfast/peers"), "bin");
const folder = mkdtempSync(path.join(realpathSync(tmpdir()), "holdfast-lines-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const MEASURED: ReadonlySet<string> = new Set(["helm", "kustomize", "flux"]);
const inputs = expectedInputs().flatMap((input): AtHand[] =>
  input.base === null || !MEASURED.has(input.loader) ? [] : [{ ...input, base: input.base }],
);
const measured: Measured[] = [];

async function scan({ name, base, input, options }: AtHand): Promise<Result> {
  const output = path.join(folder, `${name}.json`);
  const args = [
    ...options.values.flatMap((file) => ["--values", path.join(input, file)]),
    ...options.set.flatMap((pair) => ["--set", pair]),
    ...(options.releaseName === null ? [] : ["--release-name", options.releaseName]),
    ...(options.namespace === null ? [] : ["--release-namespace", options.namespace]),
  ];
  const env = { PATH: `${machinePath()}${path.delimiter}${peers}` };
  await runHoldfast(["scan", input, ...args, "--format", "json", "--output", output], { cwd: base, env });
  return JSON.parse(readFileSync(output, "utf8")) as Result;
}

interface Place {
  readonly file?: string;
  readonly line?: number;
}

/** Where the result says the path of a finding is: that of the path itself; of one that only a remedy names, that of the finding. */
function placeOf({ paths, fixes, source }: Finding, wanted: string | null): Place | undefined {
  if (wanted === null) return source;
  return (
    paths.find((one) => one.path === wanted && one.file !== undefined) ?? (fixes.some((fix) => fix.path === wanted) ? source : undefined)
  );
}

function measure({ loader }: AtHand, { findings, resources }: Result, expected: ExpectedFinding): Measured {
  const { control, object, path: wanted, file, line, block, why } = expected;
  const own = findings.filter((finding) => {
    const { kind = "", namespace = "", name = "" } = resources[finding.resource] ?? {};
    return finding.control === control && [`${kind}/${name}`, `${kind}/${namespace}/${name}`].includes(object);
  });
  const places = own.flatMap((finding) => placeOf(finding, wanted) ?? []);
  const at = `${control} ${object} ${wanted ?? ""}: ${file}:${line}`;
  const shown = places[0];
  if (shown === undefined)
    return {
      loader,
      outcome: "absent",
      text: `${at}, and ${own.length === 0 ? "there is no such finding" : "the finding names no such path"}`,
    };
  if (places.some((place) => place.file === file && place.line === line)) return { loader, outcome: "exact", text: at };
  const [first, last] = block;
  const isNear = shown.file === file && (shown.line ?? 0) >= first && (shown.line ?? 0) <= last;
  return { loader, outcome: isNear ? "block" : "wrong", text: `${at} and not ${shown.file}:${shown.line}; ${why}` };
}

describe.each(inputs)("$name", (input) => {
  test("all of it is produced", { timeout: 120_000 }, async () => {
    const result = await scan(input);
    // A loader that reports everything as a problem is not a loader: all that is claimed is produced.
    const { documents, notKubernetes, produced } = result.inputs.account;
    expect([produced, documents - notKubernetes]).toEqual([documents - notKubernetes, produced]);
    expect(result.findings).not.toEqual([]);
    measured.push(...input.findings.map((finding) => measure(input, result, finding)));
  });
});

test("at least 85 % of the lines of charts and overlays are exact, and the others are in the right file and block", () => {
  const own = measured;
  const misses = own.filter(({ outcome }) => outcome !== "exact").map(({ outcome, text }) => `${outcome}: ${text}`);
  const share = (own.length - misses.length) / own.length;
  process.stdout.write(
    `${own.length - misses.length} of ${own.length} lines are exact (${(share * 100).toFixed(1)} %)\n${misses.map((miss) => `  ${miss}\n`).join("")}`,
  );
  expect(own.length).toBeGreaterThanOrEqual(100);
  expect(share).toBeGreaterThanOrEqual(0.85);
  expect(misses.filter((miss) => !miss.startsWith("block: "))).toEqual([]);
});
