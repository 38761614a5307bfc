// Compile once, evaluate often: a rule that is made ready, queries, and values that are no JSON.
import { compile, evaluateExpressions, SetValue, stringify } from "@holdfast/rego";

const source = `package shop

allow if input.user in data.staff

deny contains message if {
	some item in input.items
	item.price > 100
	message := sprintf("%s costs %d", [item.name, item.price])
}
`;
const { program } = compile({ modules: [{ file: "shop.rego", source, version: "v1" }] });
if (program === null) throw new Error("the module is sound");

const data = { staff: ["ada"] };
const allow = program.rule(["shop", "allow"]);
for (const user of ["ada", "eve"]) console.log(user, allow?.({ input: { user }, data }).value);

const input = {
  items: [
    { name: "tea", price: 3 },
    { name: "ring", price: 5000 },
  ],
};
const denied = program.rule(["shop", "deny"])?.({ input, data }).value;
if (denied instanceof SetValue) console.log("a set of", denied.size, stringify(denied));

const { results } = program.evaluate("some item in input.items; item.price < 10; name := item.name", { input });
console.log(results?.map(({ name }) => name));

const { solutions } = evaluateExpressions(program, "count(input.items) + 1", { input });
console.log(solutions?.[0]?.expressions[0]?.value);

// Prints:
// ada true
// eve undefined
// a set of 1 ["ring costs 5000"]
// [ 'tea' ]
// 3
