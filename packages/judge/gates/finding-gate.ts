import type { GateOutcome } from "@holdfast/core";
import { findingText } from "./causes.ts";
import type { UngatedResult } from "./request.ts";

/**
 * Judges that a finding is gone: the proof of a fix. An accepted one is not fixed. Where something was lost, a finding that is not there may only not have been looked
 * for: that is no data.
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
  const { coverage } = result.summary;
  if (coverage === null || coverage < 100) {
    const why = coverage === null ? "nothing was evaluated" : "something could not be judged, and it may be there";
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
