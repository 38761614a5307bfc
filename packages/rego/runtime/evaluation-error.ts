/** Where in the sources an evaluation ended. */
export interface ErrorPlace {
  readonly file: string;
  readonly line: number;
}

/** Ends an evaluation: what went wrong can't be made undefined. `code` is OPA's. */
export class EvaluationError extends Error {
  readonly code: string;
  readonly place: ErrorPlace | null;

  constructor(code: string, message: string, place: ErrorPlace | null = null) {
    super(message);
    this.name = "EvaluationError";
    this.code = code;
    this.place = place;
  }
}

/** A rule, or a function for the same arguments, gave two values. */
export function conflictingValues(what: "rule" | "function", path: string, file: string, line: number): never {
  const suffix = what === "function" ? " for the same inputs" : "";
  throw new EvaluationError("eval_conflict_error", `${what} ${path} produced conflicting values${suffix}`, { file, line });
}

/** An object got two values for one key. */
export function conflictingKeys(file?: string, line?: number): never {
  const place = file === undefined || line === undefined ? null : { file, line };
  throw new EvaluationError("eval_conflict_error", "object keys must be unique", place);
}

/** `with` is to replace something below a key that no document of names can have. */
export function badDocumentPath(file: string, line: number): never {
  throw new EvaluationError("eval_conflict_error", "bad document path", { file, line });
}
