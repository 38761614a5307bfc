// The program of a sandbox's process. It reads what to do from standard input, does one thing after the other, and writes what came of each to standard output.
import vm from "node:vm";
import { fromJson } from "../runtime/json.ts";
import { closeDoors } from "./close-doors.ts";
import { JobRunner } from "./job-runner.ts";
import type { JobsSetup, RequestSetup, SandboxSetup } from "./messages.ts";
import { readMessage, tell } from "./parent.ts";
import { runRequest, type Watch } from "./run-request.ts";

/**
 * Runs a part of the work under V8's own watch. Should the parent die without a word, nobody would end an evaluation that never ends: this does, later than the parent
 * would have. Throws what the part throws.
 */
function watchOf(wallMs: number): Watch {
  const timeout = Math.ceil(wallMs * 2) + 5000;
  const watched = new vm.Script("globalThis.job()");
  return (part) => {
    Object.defineProperty(globalThis, "job", {
      configurable: true,
      enumerable: false,
      value: () => {
        Reflect.deleteProperty(globalThis, "job");
        part();
      },
    });
    watched.runInThisContext({ timeout });
  };
}

function runJobs(setup: JobsSetup, watch: Watch): void {
  const runner = new JobRunner(setup, fromJson(readMessage()), fromJson(readMessage()));
  closeDoors();
  tell({ type: "ready" });
  setup.jobs.forEach((job, number) => {
    try {
      watch(() => runner.run(number, job));
    } catch (error) {
      const message = error instanceof Error ? error.message : "it failed";
      runner.fail(number, { code: "eval_internal_error", message, file: job.modules[0]?.file ?? null, line: null });
    }
  });
}

function answerRequest(setup: RequestSetup, watch: Watch): void {
  const given = readMessage();
  const input = given === "" ? {} : { input: fromJson(given) };
  const data = fromJson(readMessage());
  // The clock is for telling how long things took; rules can't see it.
  const clock = performance.now.bind(performance);
  closeDoors();
  tell({ type: "ready" });
  runRequest(setup, { ...input, data, clock: () => clock() * 1e6 }, watch);
}

function main(): void {
  const exit = process.exit.bind(process);
  const setup = JSON.parse(readMessage()) as SandboxSetup;
  const watch = watchOf(setup.limits.wallMs);
  if (setup.type === "jobs") runJobs(setup, watch);
  else answerRequest(setup, watch);
  exit(0);
}

main();
