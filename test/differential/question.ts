// What both engines are asked, and how their answers are compared.
import { fromJson, stringify, type RegoValue } from "../../packages/rego/index.ts";

export interface Question {
  readonly modules: readonly string[];
  readonly version: "v0" | "v1";
  readonly query: string;
  readonly data?: RegoValue;
  readonly input?: RegoValue;
  /** An input that JSON can't say, in Rego's notation, and as a value. */
  readonly inputTerm?: string;
  readonly inputValue?: RegoValue;
  /** Errors of builtins end the evaluation. */
  readonly strict?: boolean;
}

export type Answer = { readonly result: readonly RegoValue[] } | { readonly error: { readonly code: string; readonly message: string } };

/** Whether two answers say the same: the same solutions in any order, or errors of the same code. */
export function agree(a: Answer, b: Answer): boolean {
  return comparable(a) === comparable(b);
}

function comparable(answer: Answer): string {
  if ("error" in answer) return `error ${answer.error.code}`;
  return answer.result
    .map((one) => stringify(withSortedKeys(one)))
    .toSorted()
    .join("\n");
}

/** Keys that are no strings have become texts, whose order engines may choose. */
function withSortedKeys(value: RegoValue): RegoValue {
  if (typeof value !== "object" || value === null) return value;
  const plain = fromJson(stringify(value));
  return sorted(plain);
}

function sorted(value: RegoValue): RegoValue {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value) as [string, RegoValue][];
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, item]) => [key, sorted(item)]));
}
