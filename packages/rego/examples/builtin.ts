// Give rules a function of your own.
import { compile, defineBuiltin, stringify, types } from "@holdfast/rego";

const stock: Readonly<Record<string, number>> = { tea: 12, ring: 0 };

const inStock = defineBuiltin({
  name: "shop.in_stock",
  args: [types.string],
  result: types.integer,
  evaluate: (context, name) => stock[name] ?? context.fail("eval_builtin_error", `shop.in_stock: nobody sells ${name}`),
});

const source = `package shop

missing contains name if {
	some name in input
	shop.in_stock(name) == 0
}

unknown contains name if {
	some name in input
	not shop.in_stock(name)
}
`;
const { program, diagnostics } = compile({ modules: [{ file: "shop.rego", source, version: "v1" }], builtins: [inStock] });
if (program === null) throw new Error(diagnostics[0]?.message);
for (const rule of ["missing", "unknown"]) {
  const { value } = program.rule(["shop", rule])?.({ input: ["tea", "ring", "boat"] }) ?? {};
  console.log(rule, stringify(value ?? null));
}

// Prints:
// missing ["ring"]
// unknown ["boat"]
