// Loaded only where a scan is compared with a baseline, or held against a lock file.
import { existsSync } from "node:fs";
import path from "node:path";
import type { Problem, Result } from "@holdfast/core";
import type { UngatedResult } from "@holdfast/judge";
import {
  applyRatchet,
  baselineOf,
  compareScans,
  notHeld,
  resultView,
  type IsThere,
  type RatchetRequest,
  type ScanView,
} from "@holdfast/judge/comparing";
import { printable } from "@holdfast/report";
import type { CommandContext } from "../commands/define.ts";
import { isGitUrl } from "../git/git-url.ts";
import type { ScanConfiguration } from "../scan-configuration.ts";
import { UsageError } from "../usage-error.ts";
import { oneAtATime } from "../one-at-a-time.ts";
import { writeTextFile } from "../write-outputs.ts";
import { ageText } from "./age-text.ts";
import { readBaseline } from "./read-baseline.ts";
import { readLockFile } from "./read-lock-file.ts";

type Asked = Pick<ScanConfiguration, "baseline" | "gates" | "ratchet" | "quiet">;

/** What a scan is compared with, read before anything is scanned. */
export class Comparisons {
  readonly #asked: Asked;
  readonly #context: CommandContext;
  readonly #baseline: ScanView | null;
  readonly #lock: Pick<RatchetRequest, "lock" | "controls"> | null;

  private constructor(
    asked: Asked,
    context: CommandContext,
    baseline: ScanView | null,
    lock: Pick<RatchetRequest, "lock" | "controls"> | null,
  ) {
    this.#asked = asked;
    this.#context = context;
    this.#baseline = baseline;
    this.#lock = lock;
  }

  /** Reads baseline and lock file. Throws `UsageError` for what can't be read, and for a lock file that is not there and shall not be made. */
  static async load(asked: Asked, context: CommandContext): Promise<Comparisons> {
    const { baseline, ratchet } = asked;
    const { workingFolder } = context.environment;
    const lock = ratchet === undefined ? null : await readLockFile(ratchet.file, workingFolder);
    if (ratchet !== undefined && lock?.lock === null && !ratchet.update) {
      throw new UsageError(
        `there is no lock file ${ratchet.file}\nMake one with the same scan and --ratchet-update, look at it, and commit it. Nothing was scanned.`,
      );
    }
    const view = baseline === undefined ? null : await readBaseline(baseline.file, workingFolder);
    return new Comparisons(asked, context, view, lock);
  }

  /** The parts of a result that come from comparing it. */
  readonly compare = (result: UngatedResult): Pick<Result, "comparison" | "ratchet"> => {
    const { baseline } = this.#asked;
    const ratchet = this.#request();
    return {
      ...(baseline === undefined || this.#baseline === null
        ? {}
        : { comparison: compared(baseline.file, this.#baseline, result, this.#isThere(result)) }),
      ...(ratchet === null ? {} : { ratchet: applyRatchet(ratchet, result).ratchet }),
    };
  };

  /** Looks whether a file is there, where what was scanned lies on this machine. */
  #isThere({ inputs }: UngatedResult): IsThere {
    const { workingFolder } = this.#context.environment;
    return inputs.roots.some(isGitUrl) ? null : (file) => existsSync(path.resolve(workingFolder, file));
  }

  #request(lock: Pick<RatchetRequest, "lock" | "controls"> | null = this.#lock): RatchetRequest | null {
    const { ratchet } = this.#asked;
    if (ratchet === undefined || lock === null) return null;
    const { time } = this.#context.environment;
    const { file, update, loosenReason } = ratchet;
    const loosen = loosenReason === undefined ? {} : { loosen: { reason: loosenReason, ...(time === undefined ? {} : { time }) } };
    return { file, ...lock, update, ...loosen };
  }

  /** Says what the result does not, and writes the lock file where that was asked for. Gives a problem where it could not be written. */
  async finish(result: Result): Promise<readonly Problem[]> {
    const { environment, stderr } = this.#context;
    const { baseline, ratchet, quiet } = this.#asked;
    if (baseline !== undefined && this.#baseline !== null && !quiet) {
      const now = environment.time ?? new Date().toISOString();
      const age = await ageText(this.#baseline.time, now, baseline.file, environment.workingFolder);
      stderr.write(`holdfast: the baseline ${printable(baseline.file)} is ${printable(age)}\n`);
    }
    if (baseline?.newOnly === true && this.#asked.gates.severityThreshold === undefined && !quiet) {
      stderr.write("holdfast: --new-only is about --severity-threshold, which was not given: nothing was gated by it\n");
    }
    if (ratchet?.update !== true && !quiet && this.#lock?.lock) {
      const missing = notHeld(this.#lock.lock);
      if (missing.length > 0)
        stderr.write(
          `holdfast: ${printable(ratchet?.file ?? "")} was made by an earlier version and does not hold ${missing.join(", nor ")}: --ratchet-update adds that\n`,
        );
    }
    if (ratchet?.update !== true || this.#lock === null) return [];
    const file = path.resolve(environment.workingFolder, ratchet.file);
    // Another run may have tightened the file while this one scanned: what is written is tighter than both. While one reads and writes, the other waits.
    const problem = await oneAtATime(file, async () => {
      const request = this.#request(await readLockFile(ratchet.file, environment.workingFolder));
      const text = request === null ? null : applyRatchet(request, result).text;
      return text === null ? undefined : writeTextFile(file, text, ratchet.file);
    });
    if (problem === undefined) return [];
    if (problem !== null) return [problem];
    const { outcome, tightened, loosened } = result.ratchet?.update ?? { outcome: "unchanged", tightened: 0, loosened: 0 };
    if (!quiet)
      stderr.write(
        `holdfast: ${printable(ratchet.file)}: ${WORDS[outcome]} (${tightened} facts new or tighter, ${loosened} looser or gone)\n`,
      );
    return [];
  }
}

const WORDS: Readonly<Record<NonNullable<Result["ratchet"]>["update"]["outcome"], string>> = {
  "not-asked": "not changed",
  made: "made; look at it, and commit it",
  tightened: "tightened; commit it",
  loosened: "loosened, with the reason; commit it",
  unchanged: "nothing to tighten",
  refused: "not changed",
};

function compared(file: string, then: ScanView, result: UngatedResult, isThere: IsThere): NonNullable<Result["comparison"]> {
  const now = resultView(result);
  return { baseline: baselineOf(file, then, now), ...compareScans(now, then, isThere) };
}
