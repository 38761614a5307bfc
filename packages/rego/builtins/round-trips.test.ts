import fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalInteger } from "../runtime/numbers.ts";
import type { RegoValue } from "../runtime/value.ts";
import { builtinByName } from "./list.ts";
import { caseContext } from "./tester.ts";

function call(name: string, ...operands: RegoValue[]): RegoValue | undefined {
  return builtinByName.get(name)?.evaluate(caseContext(false), ...operands);
}

const moment = fc.bigInt({ min: -(1n << 63n), max: (1n << 63n) - 1n }).map(canonicalInteger);
const zones = ["UTC", "Europe/Berlin", "America/St_Johns", "Asia/Kathmandu", "Pacific/Apia", "Africa/Monrovia"];

test("a moment written with its offset is read again as the same moment", () => {
  const layout = "Monday, 02 January 2006 15:04:05.000000000 -07:00:00";
  fc.assert(
    fc.property(moment, fc.constantFrom(...zones), (time, zone) => {
      expect(call("time.parse_ns", layout, call("time.format", [time, zone, layout]) as string)).toEqual(time);
    }),
  );
});

test("a date moved by days and back is the same, and so are the two parts of a difference", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 1n << 62n }), fc.integer({ min: 0, max: 20000 }), (time, days) => {
      const start = canonicalInteger(time);
      const moved = call("time.add_date", start, 0, 0, days) as number;
      expect(call("time.add_date", moved, 0, 0, -days)).toEqual(start);
      expect(call("time.diff", moved, start)).toEqual(call("time.diff", start, moved));
    }),
  );
});

test("what was signed is verified, and nothing else", () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer(), fc.boolean())),
      fc.string({ minLength: 1 }),
      (claims, secret) => {
        const payload = Object.fromEntries(Object.entries(claims).filter(([name]) => !["exp", "nbf", "aud", "__proto__"].includes(name)));
        const key = { kty: "oct", k: call("base64url.encode_no_pad", secret) as string };
        const token = call("io.jwt.encode_sign", { alg: "HS256" }, payload, key) as string;
        expect(call("io.jwt.decode_verify", token, { secret })).toEqual([true, { alg: "HS256" }, payload]);
        expect(call("io.jwt.verify_hs256", token, `${secret}x`)).toBe(false);
      },
    ),
  );
});

test("a value is valid for the schema that says it must be that value, and not for its opposite", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 })), (value) => {
      const document = JSON.parse(JSON.stringify(value)) as RegoValue;
      expect(call("json.match_schema", document, { const: document })).toEqual([true, []]);
      expect((call("json.match_schema", document, { not: { enum: [document] } }) as readonly RegoValue[])[0]).toBe(false);
    }),
  );
});
