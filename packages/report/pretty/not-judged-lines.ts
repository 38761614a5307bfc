import type { ControlResult, Skip } from "@holdfast/core";
import { skipText } from "../skip-text.ts";
import { countText } from "./count-text.ts";
import { idRanges } from "./id-ranges.ts";
import { heading, prose, type Sheet } from "./sheet.ts";

/** One reason for which controls were not evaluated, or not by all of their rules. */
export interface SkipReason {
  readonly text: string;
  /** Who provides what is missing, and how. */
  readonly providedBy: string | undefined;
  /** Ids of the controls; `C-0001 (in part)` where only some of a control was not evaluated. */
  readonly controls: Set<string>;
}

const ORDER: readonly Skip["reason"][] = ["needs-input", "not-applicable", "no-match", "excluded"];

function reasonText(skip: Skip): string {
  return skip.reason === "no-match" ? "no resource of a kind that they judge" : skipText(skip);
}

/** Whether a skip is worth a line: that a control which was judged has another rule for kinds that are not there is no news. */
function matters({ status }: ControlResult, { reason }: Skip, verbose: boolean): boolean {
  return verbose || status === "skipped" || reason !== "no-match";
}

/** Why controls were not evaluated, what needs input first. With `verbose` also that rules of judged controls met no object of their kinds. */
export function skipReasons(controls: readonly ControlResult[], verbose: boolean): readonly SkipReason[] {
  const found: { readonly order: number; readonly reason: SkipReason }[] = [];
  const byText = new Map<string, SkipReason>();
  for (const control of controls) {
    for (const skip of control.skips) {
      if (!matters(control, skip, verbose)) continue;
      const text = reasonText(skip);
      let reason = byText.get(text);
      if (reason === undefined) {
        reason = { text, providedBy: skip.providedBy, controls: new Set() };
        byText.set(text, reason);
        found.push({ order: ORDER.indexOf(skip.reason), reason });
      }
      reason.controls.add(control.status === "skipped" ? control.id : `${control.id} (in part)`);
    }
  }
  return found.toSorted((a, b) => a.order - b.order).map(({ reason }) => reason);
}

/** The ids of controls. Where everything is asked for each has its name, to be searched for. */
function idText(ids: Iterable<string>, verbose: boolean): string {
  return verbose ? [...ids].join(", ") : idRanges(ids);
}

/** Which controls were not judged, or not by all of their rules, why, and who provides what they need. */
export function* notJudgedLines(sheet: Sheet): Iterable<string> {
  const { controls, inputs } = sheet.result;
  // Where nothing was given, what each control would need is beside the point.
  if (inputs.account.resources === 0 && !sheet.verbose) return;
  const errored = controls.filter(({ status, counts }) => status === "errored" || counts.errored > 0);
  const all = skipReasons(controls, sheet.verbose);
  if (errored.length + all.length === 0) return;
  const skipped = controls.filter(({ status }) => status === "skipped" || status === "errored").length;
  const count = skipped === 0 ? "some controls in part" : `${skipped} of ${countText(controls.length, "control")}`;
  yield* heading(sheet, "NOT JUDGED", count);
  if (errored.length > 0) {
    yield* prose(
      sheet,
      `evaluation failed, see the problems: ${idText(
        errored.map(({ id }) => id),
        sheet.verbose,
      )}`,
      2,
      2,
      "red",
    );
  }
  for (const { text, providedBy, controls } of all) {
    yield* prose(sheet, `${text}: ${idText(controls, sheet.verbose)}`, 2, 2);
    if (providedBy !== undefined) yield* prose(sheet, `from ${providedBy}`, 4, 0, "dim");
  }
}
