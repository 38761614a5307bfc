import type { GateOutcome, Ratchet } from "@holdfast/core";
import { counted } from "./causes.ts";
import type { UngatedResult } from "./request.ts";

const NAMED = 3;
const CAUSES = 10;

/** The gate of a ratchet whose facts were checked. A file that this scan loosened, with a reason, is held by it. */
export function ratchetGate({ file, facts, breaches, update }: Ratchet, { summary }: UngatedResult): GateOutcome {
  const about = { gate: "ratchet", wanted: 0 } as const;
  if (summary.coverage === null) {
    const left = update.outcome === "not-asked" ? "" : `, so ${file} was left as it is`;
    return { ...about, actual: null, outcome: "no-data", message: `ratchet ${file}: no data: nothing was evaluated${left}`, causes: [] };
  }
  if (update.outcome === "loosened") {
    const message = `ratchet ${file} holds: ${counted(update.loosened, "fact was", "facts were")} loosened, with the reason in the file`;
    return { ...about, actual: 0, outcome: "holds", message, causes: [] };
  }
  if (breaches.length === 0) {
    const held = facts === 0 ? "the file was made" : `${facts === 1 ? "its one fact is" : `all ${facts} facts are`} kept`;
    return { ...about, actual: 0, outcome: "holds", message: `ratchet ${file} holds: ${held}`, causes: [] };
  }
  const named = breaches.slice(0, NAMED).map(({ message }) => message);
  const more = breaches.length > NAMED ? `; and ${breaches.length - NAMED} more` : "";
  const refused = update.outcome === "refused" ? "; the file was left as it is: --allow-loosen REASON would loosen it" : "";
  return {
    ...about,
    actual: breaches.length,
    outcome: "breached",
    message: `ratchet ${file} breached: ${counted(breaches.length, "fact is", "facts are")} not kept: ${named.join("; ")}${more}${refused}`,
    causes: [...new Set(breaches.flatMap(({ findings }) => findings))].slice(0, CAUSES),
  };
}
