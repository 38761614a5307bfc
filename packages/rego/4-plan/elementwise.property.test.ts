import fc from "fast-check";
import { expect, test } from "vitest";
import { compile } from "../6-link/compile.ts";
import { RegoSet } from "../runtime/rego-set.ts";
import { equals } from "../runtime/compare.ts";
import type { RegoValue, SetValue } from "../runtime/value.ts";

const passes = fc.constantFrom(
  "some o in input",
  "o := input[_]",
  "some i, o in input",
  "some o in marked",
  "some o in paired",
  "o := input[0]",
);
const conditions = fc.constantFrom(
  "o.a",
  "not o.b",
  "o.a == 1",
  "count(o.l) > 1",
  "some y in o.l",
  "twice(o.a) == 2",
  "same(o)",
  "most > 1",
  "some q in input; q.a == o.a",
  "count([z | some z in input; z.a == o.a]) > 1",
  "every z in o.l { z > 0 }",
  "every z in input { z.a }",
  "not input[_].b",
  "some q in marked; q.a == o.a",
  "not marked[o]",
  "o.a == data.wanted",
  "first == o",
);
const heads = fc.constantFrom("o", "o.a", '{"a": o.a, "l": [y | some y in o.l]}', "count(input)", "o.l[_]");

const shared = `package p
import rego.v1

marked contains o if { some o in input; o.b }
paired contains o if { some o in input; some q in input; o.a == q.a; o != q }
most := count(input)
first := input[0]
twice(x) := x * 2
same(o) if { some q in input; q == o; q.b }
`;

const element = fc.record(
  { a: fc.integer({ min: 0, max: 2 }), b: fc.boolean(), l: fc.array(fc.integer({ min: 0, max: 2 }), { maxLength: 3 }) },
  { requiredKeys: [] },
);

// What is proven of a rule must hold for every array; what is not proven may hold as well.
test("a rule that is proven to judge elements one by one gives over an array what it gives over each element", () => {
  let proven = 0;
  fc.assert(
    fc.property(
      fc.array(fc.tuple(passes, fc.array(conditions, { maxLength: 2 }), heads), { minLength: 1, maxLength: 2 }),
      fc.array(fc.array(element, { maxLength: 4 }), { minLength: 3, maxLength: 6 }),
      (bodies, inputs) => {
        const rules = bodies.map(([pass, tests, head]) => `deny contains ${head} if {\n\t${[pass, ...tests].join("\n\t")}\n}`);
        const { program } = compile({ modules: [{ file: "p.rego", source: `${shared}\n${rules.join("\n\n")}\n`, version: "v1" }] });
        const deny = program?.rule(["p", "deny"]);
        if (program?.elementwise(["p", "deny"]) !== true || deny === null || deny === undefined) return;
        proven++;
        const of = (input: RegoValue): readonly RegoValue[] => (deny({ input, data: { wanted: 1 } }).value as SetValue).items;
        for (const input of inputs) {
          expect(equals(RegoSet.from(of(input)), RegoSet.from(input.flatMap((one) => of([one]))))).toBe(true);
        }
      },
    ),
    { numRuns: 400 },
  );
  expect(proven).toBeGreaterThan(20);
});
