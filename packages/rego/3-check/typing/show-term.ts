import type { ReferenceTerm, ResolvedTerm } from "../../2-resolve/resolved.ts";
import { displayText } from "../../runtime/display.ts";
import { isScalar } from "../../runtime/value.ts";

/** A term as messages show it, in Rego's notation. The bodies of comprehensions are left out, and so is what stands too deep. */
export function showTerm(term: ResolvedTerm, depth: number = 0): string {
  if (depth > 4) return "…";
  const show = (each: ResolvedTerm): string => showTerm(each, depth + 1);
  switch (term.kind) {
    case "constant":
      return displayText(term.value);
    case "local":
      return term.local.wildcard ? "_" : term.local.name;
    case "array":
      return `[${list(term.items.map(show))}]`;
    case "set":
      return term.items.length === 0 ? "set()" : `{${list(term.items.map(show))}}`;
    case "object":
      return `{${list(term.entries.map(([key, value]) => `${show(key)}: ${show(value)}`))}}`;
    case "comprehension": {
      const [open, close] = term.collects === "array" ? "[]" : "{}";
      return `${open}${term.key === null ? "" : `${show(term.key)}: `}${show(term.value)} | …${close}`;
    }
    case "call": {
      const name = term.callee.kind === "builtin" ? term.callee.builtin.name : `data.${term.callee.rule.path.join(".")}`;
      return `${name}(${list(term.args.map(show))})`;
    }
    case "unify":
      return `${show(term.left)} = ${show(term.right)}`;
    case "template":
      return '$"…"';
    case "reference":
      return showReference(term, depth);
  }
}

/** A reference as it is written, with `data` and the path of a rule in full. */
export function showReference({ root, steps }: ReferenceTerm, depth: number = 0): string {
  const head = typeof root === "string" ? root : showTerm(root, depth + 1);
  return head + steps.map((step) => showStep(step, depth)).join("");
}

function showStep(step: ResolvedTerm, depth: number): string {
  if (step.kind === "constant" && typeof step.value === "string" && /^[A-Za-z_]\w*$/u.test(step.value)) return `.${step.value}`;
  return `[${step.kind === "constant" && isScalar(step.value) ? displayText(step.value) : showTerm(step, depth + 1)}]`;
}

function list(parts: readonly string[]): string {
  return parts.length > 12 ? `${parts.slice(0, 12).join(", ")}, …` : parts.join(", ");
}
