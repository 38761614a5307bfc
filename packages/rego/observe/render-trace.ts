import type { Trace, TraceEvent } from "./trace.ts";

/** How much is shown: everything, what `trace` said with the bodies around it, or what failed with the bodies around it. */
export type TraceView = "full" | "notes" | "fails";

/** A trace as text, a line for each event in the manner of `opa eval --explain`. Tells at the end how many events were left out. */
export function renderTrace(trace: Trace, view: TraceView = "full"): string {
  const events = view === "full" ? trace.events : withAround(trace.events, view === "notes" ? "Note" : "Fail");
  const places = events.map((event) => `${event.file}:${event.line}`);
  const width = Math.max(...places.map((place) => place.length), 0) + 4;
  const lines = events.map((event, i) => {
    const indent = "| ".repeat(event.depth + (event.whole && (event.operation === "Enter" || event.operation === "Redo") ? 0 : 1));
    const what = event.operation === "Note" ? JSON.stringify(event.message) : firstLine(event.text);
    return `${(places[i] ?? "").padEnd(width)} ${indent}${event.operation} ${what}`;
  });
  if (trace.omitted > 0) lines.push(`… ${trace.omitted} more events were left out`);
  return lines.map((line) => `${line}\n`).join("");
}

/** The events of one kind, and how the bodies around them were entered or come back to. */
function withAround(events: readonly TraceEvent[], wanted: "Note" | "Fail"): readonly TraceEvent[] {
  const shown = new Set<TraceEvent>();
  const entered = new Map<number, TraceEvent>();
  for (const event of events) {
    if (event.operation === "Enter" || (event.operation === "Redo" && wanted === "Fail")) entered.set(event.query, event);
    if (event.operation !== wanted) continue;
    shown.add(event);
    for (let body: number | null = event.query; body !== null;) {
      const around = entered.get(body);
      if (around === undefined) break;
      shown.add(around);
      body = around.parent;
    }
  }
  return events.filter((event) => shown.has(event));
}

function firstLine(text: string): string {
  const [first = "", ...rest] = text.split("\n");
  return rest.length === 0 ? first : `${first.trimEnd()} …`;
}
