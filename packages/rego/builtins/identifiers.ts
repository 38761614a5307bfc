// https://www.openpolicyagent.org/docs/policy-reference#uuid. Format: RFC 4122; version 2 is that of DCE 1.1.
import { canonicalInteger } from "../runtime/numbers.ts";
import type { PlainObject, RegoNumber, RegoValue } from "../runtime/value.ts";
import type { Builtin } from "./define.ts";
import { define } from "./define.ts";
import { any, objectOf, string } from "./type-description.ts";

/** From 15 October 1582, where the time of UUIDs begins, to 1970, in steps of 100 nanoseconds. */
const gregorianOffset = 122192928000000000n;
const domains = ["Person", "Group", "Org"];
const dashed = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** The 32 digits of a UUID: as it is, without dashes, as a URN, or with any character around it. */
function digitsOf(text: string): string | undefined {
  if (/^[0-9a-f]{32}$/i.test(text)) return text;
  let plain = text;
  if (/^urn:uuid:/i.test(text)) plain = text.slice(9);
  else if (text.length === 38) plain = text.slice(1, -1);
  return dashed.test(plain) ? plain.replaceAll("-", "") : undefined;
}

function variantOf(byte: number): string {
  if ((byte & 0xc0) === 0x80) return "RFC4122";
  if ((byte & 0xe0) === 0xc0) return "Microsoft";
  return (byte & 0xe0) === 0xe0 ? "Future" : "Reserved";
}

function timeOf(digits: string): RegoNumber {
  const time = BigInt(`0x${digits.slice(13, 16)}${digits.slice(8, 12)}${digits.slice(0, 8)}`);
  // In 64 bits, whatever the digits say.
  return canonicalInteger(BigInt.asIntN(64, (time - gregorianOffset) * 100n));
}

/** What the identifiers of versions 1 and 2 tell of where and when they were made. */
function origin(digits: string): Record<string, RegoValue> {
  const node = digits.slice(20).toLowerCase();
  const first = Number.parseInt(node.slice(0, 2), 16);
  return {
    time: timeOf(digits),
    clocksequence: Number.parseInt(digits.slice(16, 20), 16) & 0x3fff,
    nodeid: (node.match(/../g) ?? []).join("-"),
    macvariables: `${(first & 2) === 2 ? "local" : "global"}:${(first & 1) === 1 ? "multicast" : "unicast"}`,
  };
}

function parse(text: string): PlainObject | undefined {
  const digits = digitsOf(text);
  if (digits === undefined) return undefined;
  const version = Number.parseInt(digits.charAt(12), 16);
  const basic = { version, variant: variantOf(Number.parseInt(digits.slice(16, 18), 16)) };
  if (version === 1) return { ...basic, ...origin(digits) };
  if (version !== 2) return basic;
  const domain = Number.parseInt(digits.slice(18, 20), 16);
  return { ...basic, ...origin(digits), domain: domains[domain] ?? `Domain${domain}`, id: Number.parseInt(digits.slice(0, 8), 16) };
}

function makeRandom(random: () => number): string {
  const bytes = Array.from({ length: 16 }, () => Math.floor(random() * 256));
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
  const digits = bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [digits.slice(0, 8), digits.slice(8, 12), digits.slice(12, 16), digits.slice(16, 20), digits.slice(20)].join("-");
}

export const identifiers: readonly Builtin[] = [
  define({
    name: "uuid.parse",
    args: [string],
    result: objectOf(string, any),
    // Undefined for what is no UUID, even where errors of builtins are errors.
    evaluate: (_, text) => parse(text),
  }),
  define({
    name: "uuid.rfc4122",
    args: [string],
    result: string,
    nondeterministic: true,
    evaluate(context, key) {
      const memoryKey = `uuid.rfc4122 ${key}`;
      const made = context.memory.get(memoryKey) ?? makeRandom(() => context.random());
      context.memory.set(memoryKey, made);
      return made;
    },
  }),
];
