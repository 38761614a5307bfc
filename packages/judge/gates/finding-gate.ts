import type { GateOutcome } from "@holdfast/core";
import { objectSelection } from "../object-selection.ts";
import { findingText } from "./causes.ts";
import type { UngatedResult } from "./request.ts";

/** Why a finding that is not there may be there all the same. Null where all that was given was judged by all that was asked for. */
function whyUnseen({ summary: { coverage }, controls, inputs }: UngatedResult): string | null {
  if (coverage === null) return "nothing was evaluated";
  if (coverage < 100) return "something could not be judged, and it may be there";
  const excluded = controls.find(({ skips }) => skips.some(({ reason }) => reason === "excluded"));
  if (excluded !== undefined) return `${excluded.id} was left out, and it may be one of its findings`;
  const selection = objectSelection(inputs);
  return selection === null ? null : `only objects chosen by ${selection.text} were judged, and it may be on another one`;
}

/**
 * Judges that a finding is gone: the proof of a fix. An accepted one is not fixed. Where something was lost or left out on
 * request, a finding that is not there may only not have been looked for: that is no data. A fingerprint tells neither control nor file, so that a scan of other paths or
 * by other controls is not seen to be one.
 */
export function findingGate(fingerprint: string, result: UngatedResult): GateOutcome {
  const gate = "fail-on-finding";
  const about = { gate, wanted: "absent" } as const;
  const finding = result.findings.find((one) => one.fingerprint === fingerprint);
  if (finding !== undefined) {
    const is = finding.status === "open" ? "it is open" : "an exception accepts it, which is no fix";
    const message = `${gate} ${fingerprint} breached: ${is}: ${findingText(finding, result)}`;
    return { ...about, actual: finding.status, outcome: "breached", message, causes: [fingerprint] };
  }
  const why = whyUnseen(result);
  if (why !== null) {
    return { ...about, actual: null, outcome: "no-data", message: `${gate} ${fingerprint}: no data: ${why}`, causes: [] };
  }
  return {
    ...about,
    actual: "absent",
    outcome: "holds",
    message: `${gate} ${fingerprint} holds: there is no such finding in what was judged`,
    causes: [],
  };
}
