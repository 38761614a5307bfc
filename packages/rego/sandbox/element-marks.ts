// An object that a result shares with the input crosses the process boundary as its place, so that results stay small and the parent finds its own object again.
import { setOwn } from "../runtime/own.ts";
import { toJson } from "../runtime/json.ts";
import type { RegoValue } from "../runtime/value.ts";

/** The value with `{[mark]: place}` for each element of the input that it holds. */
export function withMarks(value: RegoValue, places: ReadonlyMap<unknown, number>, mark: string): RegoValue {
  return replaced(toJson(value), (one) => {
    const place = places.get(one);
    return place === undefined ? undefined : { [mark]: place };
  });
}

/** The value with the elements themselves in the place of their marks. */
export function withoutMarks(value: RegoValue, elements: readonly RegoValue[], mark: string): RegoValue {
  return replaced(value, (one) => {
    if (!Object.hasOwn(one, mark)) return undefined;
    return elements[(one as unknown as Record<string, number>)[mark] ?? -1];
  });
}

function replaced(value: RegoValue, by: (one: object) => RegoValue | undefined): RegoValue {
  if (typeof value !== "object" || value === null) return value;
  const other = by(value);
  if (other !== undefined) return other;
  if (Array.isArray(value)) return (value as readonly RegoValue[]).map((item) => replaced(item, by));
  const result: Record<string, RegoValue> = {};
  for (const [key, item] of Object.entries(value)) setOwn(result, key, replaced(item as RegoValue, by));
  return result;
}
