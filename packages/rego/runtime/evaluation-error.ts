/** Ends an evaluation: what went wrong can't be made undefined. `code` is OPA's. */
export class EvaluationError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = "EvaluationError";
    this.code = code;
  }
}

/** A rule, or a function for the same arguments, gave two values. */
export function conflictingValues(what: "rule" | "function", path: string): never {
  const suffix = what === "function" ? " for the same inputs" : "";
  throw new EvaluationError("eval_conflict_error", `${what} ${path} produced conflicting values${suffix}`);
}

/** An object got two values for one key. */
export function conflictingKeys(): never {
  throw new EvaluationError("eval_conflict_error", "object keys must be unique");
}
