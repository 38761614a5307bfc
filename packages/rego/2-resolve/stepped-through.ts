import type { Local, ValueBody } from "./resolved.ts";
import { walkBody, walkTerm, type Visitor } from "./walk.ts";

/** The variables of its own that a body iterates over by stepping through references, comprehensions apart. */
export function steppedThrough({ body, value }: ValueBody): ReadonlySet<Local> {
  const found = new Set<Local>();
  const visitor: Visitor = {
    term: (term) => {
      if (term.kind === "comprehension" || term.kind === "template") return false;
      if (term.kind === "reference") {
        for (const step of term.steps)
          if (step.kind === "local" && (step.local.wildcard || body.owned.has(step.local))) found.add(step.local);
      }
      return true;
    },
  };
  walkBody(body, visitor);
  walkTerm(value, visitor);
  return found;
}
