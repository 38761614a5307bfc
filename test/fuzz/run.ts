// `npm run fuzz -- parser|compiler|builtins [--seconds N] [--seed S] [--out FOLDER] [--memory MIB] [--hang SECONDS] [--plant FAULT]`: tries inputs in a process of its own,
// which is ended when an input takes too long or too much memory. Failures are minimised and written to the folder. Exits with 1 when there is one.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { closeSync, mkdirSync, mkdtempSync, openSync, readSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { targets } from "./targets.ts";

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: "string", default: "60" },
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
    out: { type: "string", default: path.join(import.meta.dirname, "../../generated/fuzz") },
    memory: { type: "string", default: "1024" },
    hang: { type: "string", default: "15" },
    plant: { type: "string" },
  },
});
const [target = ""] = positionals;
const worker = path.join(import.meta.dirname, "worker.ts");

interface Failure {
  readonly failure: string;
  readonly input: string;
}

interface Outcome {
  readonly failures: readonly Failure[];
  readonly figures: Readonly<Record<string, number>> | null;
}

/** Runs a worker to its end, or to the end of the input that kills it. */
async function attempt(args: readonly string[], statePath: string): Promise<Outcome> {
  const plant = options.plant === undefined ? [] : ["--plant", options.plant];
  const child = spawn(process.execPath, [`--max-old-space-size=${options.memory}`, "--no-warnings", worker, ...args, ...plant], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [stdout, stderr, hung] = ["", "", false];
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr = (stderr + text).slice(-5000)));
  let [last, since] = [-1, Date.now()];
  const watchdog = setInterval(() => {
    const { tries } = currentInput(statePath);
    if (tries !== last) [last, since] = [tries, Date.now()];
    else if (Date.now() - since > Number(options.hang) * 1000) {
      hung = true;
      child.kill("SIGKILL");
    }
  }, 200);
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  clearInterval(watchdog);
  const lines = stdout.split("\n").flatMap((line) => (line === "" ? [] : [JSON.parse(line) as Failure | Record<string, number>]));
  const failures = lines.filter((line): line is Failure => "failure" in line);
  const figures = lines.find((line): line is Record<string, number> => !("failure" in line)) ?? null;
  if (code === 0) return { failures, figures };
  const failure = hung
    ? `takes longer than ${options.hang} s`
    : /heap out of memory|allocation failed/iu.test(stderr)
      ? `needs more than ${options.memory} MiB`
      : `ended the process: ${stderr}`;
  return { failures: [...failures, { failure, input: currentInput(statePath).input }], figures };
}

/** What the worker tries at the moment. */
function currentInput(statePath: string): { readonly tries: number; readonly input: string } {
  try {
    const file = openSync(statePath, "r");
    const head = Buffer.alloc(8);
    readSync(file, head, 0, 8, 0);
    const text = Buffer.alloc(head.readUInt32LE(4));
    readSync(file, text, 0, text.length, 8);
    closeSync(file);
    return { tries: head.readUInt32LE(0), input: text.toString("utf16le") };
  } catch {
    return { tries: 0, input: "" };
  }
}

/** Makes an input smaller that ends its process: a few halves are left out, each tried in a new process. */
async function smaller(failure: Failure, statePath: string): Promise<Failure> {
  const file = `${statePath}.input`;
  let smallest = failure;
  const end = Date.now() + 60_000;
  for (let size = Math.ceil(failure.input.length / 2); size >= 8; size = Math.ceil(size / 2)) {
    for (let at = 0; at < smallest.input.length && Date.now() < end;) {
      const candidate = smallest.input.slice(0, at) + smallest.input.slice(at + size);
      writeFileSync(file, candidate);
      const { failures } = await attempt([target, "1", "1", statePath, "--once", file], statePath);
      if (failures[0] === undefined) at += size;
      else smallest = { failure: failures[0].failure, input: candidate };
    }
  }
  return smallest;
}

/** The failures without the last, which ended its process, where a new process survives its input: then the machine was at fault. */
async function confirmed(failures: readonly Failure[], statePath: string): Promise<readonly Failure[]> {
  const last = failures.at(-1);
  if (last === undefined) return failures;
  const file = `${statePath}.input`;
  writeFileSync(file, last.input);
  const again = await attempt([target, "1", "1", statePath, "--once", file], statePath);
  if (again.failures.length > 0) return failures;
  console.log(`not confirmed: ${last.failure} ${JSON.stringify(last.input.slice(0, 200))}`);
  return failures.slice(0, -1);
}

async function main(): Promise<void> {
  if (!targets.has(target)) {
    console.error(`fuzz: name what is to be fuzzed: ${[...targets.keys()].join(", ")}`);
    process.exitCode = 2;
    return;
  }
  const scratch = mkdtempSync(path.join(tmpdir(), "holdfast-fuzz-"));
  const statePath = path.join(scratch, "state");
  let seed = Number(options.seed);
  const end = Date.now() + Number(options.seconds) * 1000;
  let failed = 0;
  do {
    const left = Math.max(1, (end - Date.now()) / 1000);
    const { failures: reported, figures } = await attempt([target, String(seed), left.toFixed(1), statePath], statePath);
    const failures = figures === null ? await confirmed(reported, statePath) : reported;
    for (const each of failures) {
      const failure = figures === null && each === reported.at(-1) && options.plant === undefined ? await smaller(each, statePath) : each;
      mkdirSync(options.out, { recursive: true });
      const name = `${target}-${createHash("sha256").update(failure.input).digest("hex").slice(0, 12)}`;
      writeFileSync(path.join(options.out, `${name}.txt`), failure.input);
      writeFileSync(path.join(options.out, `${name}.json`), `${JSON.stringify({ target, seed, failure: failure.failure }, null, 2)}\n`);
      console.log(
        `FAILED ${target}, seed ${String(seed)}: ${failure.failure}\n  ${name}.txt: ${JSON.stringify(failure.input.slice(0, 200))}`,
      );
      failed++;
    }
    if (figures !== null) {
      console.log(
        `${target}, seed ${String(seed)}: ${String(figures["inputs"])} inputs, ${String(figures["perSecond"])} a second; corpus ${String(figures["seeds"])} kept, ${String(figures["corpus"])} at the end; coverage ${String(figures["coverage"])} %`,
      );
      break;
    }
    // The worker died: go on with other inputs.
    seed += 1_000_000;
  } while (Date.now() < end && failed < 20);
  rmSync(scratch, { recursive: true });
  console.log(`${String(failed)} failures`);
  process.exitCode = failed === 0 ? 0 : 1;
}

await main();
