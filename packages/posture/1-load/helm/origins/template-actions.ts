/** An action of a template: `{{ … }}` (https://pkg.go.dev/text/template#hdr-Actions). */
export interface Action {
  /** Offsets of its braces. */
  readonly start: number;
  readonly end: number;
  /** Whether it takes away the white space before or behind it. */
  readonly trimsBefore: boolean;
  readonly trimsAfter: boolean;
  /** What stands between the braces, without the hyphens; empty for a comment. */
  readonly code: string;
  readonly kind: "output" | "control" | "comment" | "assignment";
}

const CONTROL = /^(?:if|else|end|with|range|define|block|break|continue)\b/u;
const ASSIGNMENT = /^\$\w*\s*(?:,\s*\$\w*\s*)?:?=/u;

/** The actions of a template in their order. What is not closed is none. */
export function actionsOf(text: string): readonly Action[] {
  const actions: Action[] = [];
  for (let start = text.indexOf("{{"); start !== -1; start = text.indexOf("{{", start)) {
    const end = endOfAction(text, start);
    if (end === -1) break;
    actions.push(action(text, start, end));
    start = end;
  }
  return actions;
}

function action(text: string, start: number, end: number): Action {
  const trimsBefore = /^\{\{-\s/u.test(text.slice(start, start + 4));
  const trimsAfter = /\s-\}\}$/u.test(text.slice(Math.max(start, end - 4), end));
  const inner = text.slice(start + (trimsBefore ? 3 : 2), end - (trimsAfter ? 3 : 2)).trim();
  if (inner.startsWith("/*")) return { start, end, trimsBefore, trimsAfter, code: "", kind: "comment" };
  const kind = CONTROL.test(inner) ? "control" : ASSIGNMENT.test(inner) ? "assignment" : "output";
  return { start, end, trimsBefore, trimsAfter, code: inner, kind };
}

/** The offset behind the braces that close an action; those within quotes and comments don't. */
function endOfAction(text: string, start: number): number {
  let at = start + 2;
  if (/^\{\{(?:-\s+)?\/\*/u.test(text.slice(start, start + 40))) {
    const close = text.indexOf("*/", at);
    if (close === -1) return -1;
    at = close + 2;
  }
  while (at < text.length) {
    const char = text[at];
    if (char === "}" && text[at + 1] === "}") return at + 2;
    if (char === '"' || char === "'" || char === "`") at = endOfQuote(text, at, char);
    else at += 1;
  }
  return -1;
}

function endOfQuote(text: string, start: number, quote: string): number {
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === quote) return at + 1;
    if (text[at] === "\\" && quote !== "`") at += 1;
    else if (text[at] === "\n" && quote !== "`") return at;
  }
  return text.length;
}
