import type { DiagnosticKind } from "../diagnostics/catalogue.ts";
import type { Span } from "./ast.ts";

/**
 * Thrown inside the parser when a statement can't be read, and caught where the parser recovers or tries another reading: it never leaves stage 1.
 * A `final` failure forbids other readings; a `silent` one has been reported by the tokenizer.
 */
export class SyntaxFailure extends Error {
  readonly kind: DiagnosticKind;
  readonly span: Span;
  readonly hint: string | undefined;
  readonly final: boolean;
  readonly silent: boolean;
  readonly warning: boolean;
  /** The offset up to which the text could be read. */
  readonly reached: number;

  constructor(kind: DiagnosticKind, message: string, span: Span, extra: FailureDetails = {}) {
    super(message);
    this.name = "SyntaxFailure";
    this.kind = kind;
    this.span = span;
    this.hint = extra.hint;
    this.final = extra.final ?? false;
    this.silent = extra.silent ?? false;
    this.warning = extra.warning ?? false;
    this.reached = extra.reached ?? span.start;
  }
}

interface FailureDetails {
  readonly hint?: string | undefined;
  readonly final?: boolean;
  readonly silent?: boolean;
  readonly warning?: boolean;
  readonly reached?: number;
}

/** Of the failures of two readings of one text, the one that got further: it is more likely to be about what the author meant. */
export function furthest(first: unknown, second: unknown): unknown {
  if (!(first instanceof SyntaxFailure)) return second;
  if (!(second instanceof SyntaxFailure)) return second;
  return first.reached >= second.reached ? first : second;
}
