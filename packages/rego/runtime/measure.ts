import { Decimal } from "./decimal.ts";
import { ObjectValue, SetValue, type PlainObject, type RegoScalar, type RegoValue } from "./value.ts";

/**
 * The size of a value as JSON text in bytes of UTF-8, or something above `most` once it is known to be larger: what is shared within a value counts each
 * time, as it would be written, and nothing is gone through further than needed. Values of any depth are measured without recursion.
 */
export function measure(value: RegoValue | undefined, most: number): number {
  const waiting: (RegoValue | undefined)[] = [value];
  let size = 0;
  while (waiting.length > 0 && size <= most) {
    const one = waiting.pop();
    size += 1;
    if (typeof one === "string") size += textSize(one, most - size) + 2;
    else if (typeof one === "bigint") size += one.toString(16).length;
    else if (typeof one !== "object" || one === null || one instanceof Decimal) size += String(one).length;
    else size += addInner(one, waiting, most - size);
  }
  return size;
}

/** Adds what is inside of a collection to what waits; gives the size of what stands around it. Stops once that is more than `most`. */
function addInner(value: Exclude<RegoValue, RegoScalar>, waiting: (RegoValue | undefined)[], most: number): number {
  if (Array.isArray(value) || value instanceof SetValue) {
    const items = value instanceof SetValue ? value.items : (value as readonly RegoValue[]);
    if (items.length > most) return items.length;
    for (const item of items) waiting.push(item);
    return 2;
  }
  if (value instanceof ObjectValue) {
    if (value.size > most) return value.size;
    for (const key of value.keys) waiting.push(key, value.get(key));
    return 2 + value.size;
  }
  let size = 2;
  for (const key in value as PlainObject) {
    if (size > most) return size;
    size += textSize(key, most - size) + 4;
    waiting.push((value as PlainObject)[key]);
  }
  return size;
}

/** The bytes of a text within the quotes of JSON, or something above `most`. */
function textSize(text: string, most: number): number {
  if (text.length > most) return text.length;
  let size = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x20) size += unit === 10 || unit === 13 || unit === 9 || unit === 8 || unit === 12 ? 1 : 5;
    else if (unit === 0x22 || unit === 0x5c) size += 1;
    else if (unit >= 0x80) size += unit < 0x800 || (unit >= 0xd800 && unit < 0xe000) ? 1 : 2;
  }
  return size;
}
