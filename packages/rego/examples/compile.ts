// Compile modules, and tell people what is wrong with them.
import { compile, formatDiagnostic } from "@holdfast/rego";

const sound = `package shop

default allow := false

allow if input.user in data.staff
`;
const { program } = compile({ modules: [{ file: "shop.rego", source: sound, version: "v1" }] });
console.log(program?.rulePaths().map((path) => path.join(".")));

const wrong = `package shop

allow if usr == "ada"
`;
for (const diagnostic of compile({ modules: [{ file: "wrong.rego", source: wrong, version: "v1" }] }).diagnostics)
  console.log(formatDiagnostic(diagnostic, wrong));

// Prints:
// [ 'shop.allow' ]
// rego_unsafe_var_error: var usr is unsafe
//   at wrong.rego:3:10
//   3 | allow if usr == "ada"
//     |          ^^^
//   help: Give the variable a value in the same body, outside of `not`; check the spelling of the name.
