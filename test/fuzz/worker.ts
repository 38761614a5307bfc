// The process in which inputs are tried: `worker.ts TARGET SEED SECONDS STATE [--plant FAULT] [--once FILE]`. Before each try it writes the input to STATE, so that
// whoever started it can tell what it died of. It prints lines of JSON: `{ failure, input }`, and at the end its figures.
import { openSync, readdirSync, readFileSync, writeSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { Random } from "../differential/random.ts";
import { Coverage } from "./coverage.ts";
import { mutated } from "./mutate.ts";
import { planted, targets } from "./targets.ts";

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { plant: { type: "string" }, once: { type: "string" } },
});
const [name = "", seed = "1", seconds = "60", statePath = ""] = positionals;
const found = targets.get(name);
if (found === undefined) throw new Error(`no target ${name}`);
const target = options.plant === undefined ? found : planted(found, options.plant);
const state = openSync(statePath, "w");
let tries = 0;

/** What is wrong with the input; null if nothing. The processor time it may take grows with its size. */
function failureOf(input: string): string | null {
  const bytes = Buffer.from(input, "utf16le");
  const head = Buffer.alloc(8);
  head.writeUInt32LE(++tries, 0);
  head.writeUInt32LE(bytes.length, 4);
  writeSync(state, Buffer.concat([head, bytes]), 0, 8 + bytes.length, 0);
  const bound = 1000 + input.length / 10;
  let fastest = Infinity;
  // What is slow once may have been disturbed.
  for (let i = 0; i < 3 && fastest > bound; i++) {
    const start = process.cpuUsage();
    try {
      target?.check(input);
    } catch (error) {
      return error instanceof Error ? (error.stack ?? error.message).split("\n").slice(0, 4).join("\n") : String(error);
    }
    const { user, system } = process.cpuUsage(start);
    fastest = Math.min(fastest, (user + system) / 1000);
  }
  return fastest > bound ? `takes ${fastest.toFixed(0)} ms for ${String(input.length)} characters` : null;
}

/** The first line of a failure, without what depends on the input. */
function kind(failure: string): string {
  return (failure.split("\n")[0] ?? "").replace(/\d+/gu, "N");
}

/** The input without the parts that the failure does not need, for at most five seconds. */
function minimised(input: string, failure: string): string {
  const end = Date.now() + 5000;
  let smallest = input;
  for (let size = Math.ceil(input.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < smallest.length && Date.now() < end;) {
      const candidate = smallest.slice(0, at) + smallest.slice(at + size);
      const failed = failureOf(candidate);
      if (failed !== null && kind(failed) === kind(failure)) smallest = candidate;
      else at += size;
    }
  }
  return smallest;
}

function main(): void {
  if (options.once !== undefined) {
    const failure = failureOf(readFileSync(options.once, "utf8"));
    if (failure !== null) console.log(JSON.stringify({ failure, input: readFileSync(options.once, "utf8") }));
    return;
  }
  const coverage = new Coverage(target?.covers ?? []);
  const random = new Random(Number(seed));
  const folder = path.join(import.meta.dirname, "corpus", name);
  const pool = readdirSync(folder)
    .toSorted()
    .map((file) => readFileSync(path.join(folder, file), "utf8"));
  const seeds = pool.length;
  const known = new Set<string>();
  const start = Date.now();
  const attempt = (input: string): void => {
    const failure = failureOf(input);
    if (failure === null || known.has(kind(failure))) return;
    known.add(kind(failure));
    console.log(JSON.stringify({ failure, input: minimised(input, failure) }));
  };
  for (const input of pool) attempt(input);
  coverage.grew();
  const batch = 40;
  while (Date.now() - start < Number(seconds) * 1000) {
    const inputs = Array.from({ length: batch }, () => {
      const base = random.chance(0.3) || pool.length === 0 ? (target?.generate(random) ?? "") : random.pick(pool);
      return random.chance(0.15) ? base : mutated(random, base, pool.length === 0 ? base : random.pick(pool));
    });
    for (const input of inputs) attempt(input);
    // Something new ran: keep the whole batch's share of it by the shortest way, one input after the other in later rounds.
    if (coverage.grew()) pool.push(...inputs.filter(() => random.chance(0.2)));
    if (pool.length > 3000) pool.splice(seeds, pool.length - 2500);
  }
  const spent = (Date.now() - start) / 1000;
  console.log(
    JSON.stringify({
      inputs: tries,
      perSecond: Math.round(tries / spent),
      corpus: pool.length,
      seeds,
      coverage: Number(coverage.percent().toFixed(1)),
    }),
  );
}

main();
