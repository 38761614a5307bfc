import { describe, expect, test } from "vitest";
import { compile } from "../../6-link/compile.ts";
import type { JsonSchema } from "./schema-type.ts";

const event: JsonSchema = {
  type: "object",
  properties: {
    user: { type: "object", properties: { name: { type: "string" }, age: { type: "integer" } }, additionalProperties: false },
    tags: { type: "array", items: { type: "string" } },
    pair: { type: "array", items: [{ type: "string" }, { type: "number" }] },
    anything: {},
    kind: { enum: ["a", "b"] },
    labels: { type: "object", additionalProperties: { type: "string" } },
    maybe: { type: ["string", "null"] },
    some: { anyOf: [{ type: "string" }, { type: "object", properties: { q: { type: "number" } } }] },
    both: {
      allOf: [
        { type: "object", properties: { x: { type: "number" } } },
        { type: "object", properties: { y: { type: "string" } } },
      ],
    },
    tree: { $ref: "#/definitions/tree" },
  },
  definitions: { tree: { type: "object", properties: { value: { type: "string" }, below: { $ref: "#/definitions/tree" } } } },
};
const schemas = new Map<string, JsonSchema>([
  ["schema.event", event],
  ["schema.user", { type: "object", properties: { id: { type: "string" } } }],
]);

function errors(source: string, given: ReadonlyMap<string, JsonSchema> | null = schemas): readonly string[] {
  const { diagnostics } = compile({
    modules: [{ file: "a.rego", source, version: "v1" }],
    ...(given === null ? {} : { schemas: given }),
  });
  return diagnostics.map(({ line, code, message }) => `${line} ${code} ${message.split("\n")[0]}`);
}

function ofInput(expression: string): readonly string[] {
  return errors(`package a\n# METADATA\n# schemas:\n#   - input: schema.event\np if ${expression}`);
}

describe("the type of an input", () => {
  test.each([
    "input.user.name",
    "input.anything.at.all",
    "input.kind == 1",
    'input.labels.any == "x"',
    "input.maybe == null",
    'input.maybe == "x"',
    "input.some.q == 1",
    "input.both.x == 1",
    'input.both.y == "a"',
    'input.tree.below.below.value == "a"',
    "input[x]",
    "input.pair[1] == 2",
  ])("%s is accepted", (expression) => {
    expect(ofInput(expression)).toEqual([]);
  });

  test.each([
    ["input.usr", "undefined ref: input.usr"],
    ["input.user.nam", "undefined ref: input.user.nam"],
    ["input.user.name == 1", "match error"],
    ['input.user.age == "a"', "match error"],
    ["input.tags[_] == 1", "match error"],
    ["input.tags.x", "undefined ref: input.tags.x"],
    ["input.pair[0] == 1", "match error"],
    ["input.pair[2]", "undefined ref: input.pair[2]"],
    ["input.labels.any == 1", "match error"],
    ["input.maybe == 1", "match error"],
    ['input.some.q == "a"', "match error"],
    ["input.some.z", "undefined ref: input.some.z"],
    ['input.both.x == "a"', "match error"],
    ["input.tree.below.below.value == 1", "match error"],
    ["input.tree.below.z", "undefined ref: input.tree.below.z"],
    ["input.usr with input as {}", "undefined ref: input.usr"],
  ])("%s is refused", (expression, message) => {
    expect(ofInput(expression)).toEqual([`5 rego_type_error ${message}`]);
  });

  test("what there is, is named", () => {
    const source = "package a\n# METADATA\n# schemas:\n#   - input: schema.user\np if input.idd";
    const { diagnostics } = compile({ modules: [{ file: "a.rego", source, version: "v1" }], schemas });
    expect(diagnostics[0]?.message).toBe('undefined ref: input.idd\n\thave: "idd"\n\twant (one of): ["id"]');
  });
});

describe("scopes", () => {
  const head = "package a\n# METADATA\n";

  test("a rule's schema is not that of others", () => {
    expect(errors(`${head}# schemas:\n#   - input: schema.user\np if q\nq if input.name`)).toEqual([]);
  });

  test("a document's schema is that of all rules of its name", () => {
    const source = `${head}# scope: document\n# schemas:\n#   - input: schema.user\np if input.a\np if input.b\nq if input.c`;
    expect(errors(source).map((one) => one.slice(0, 1))).toEqual(["6", "7"]);
  });

  test("a package's schema is overridden by a rule's", () => {
    const source =
      "# METADATA\n# schemas:\n#   - input: schema.event\npackage a\np if input.user\n# METADATA\n# schemas:\n#   - input: schema.user\nq if input.user\nr if input.id";
    expect(errors(source)).toEqual(["9 rego_type_error undefined ref: input.user", "10 rego_type_error undefined ref: input.id"]);
  });

  test("packages below have the schema of subpackages", () => {
    const outer = "# METADATA\n# scope: subpackages\n# schemas:\n#   - input: schema.user\npackage a";
    const modules = [outer, "package a.b\np if input.nope"].map((source, i) => ({ file: `${i}`, source, version: "v1" as const }));
    expect(compile({ modules, schemas }).diagnostics.map(({ file, line }) => `${file} ${line}`)).toEqual(["1 2"]);
  });

  test("a schema of a part overrides that of the whole", () => {
    const list = "# schemas:\n#   - input: schema.event\n#   - input.user: schema.user\n";
    expect(errors(`${head}${list}p if { input.user.id; input.tags }`)).toEqual([]);
    expect(errors(`${head}${list}p if input.user.name`)).toEqual(["6 rego_type_error undefined ref: input.user.name"]);
    expect(errors(`${head}# schemas:\n#   - input.user: schema.user\np if { input.user.id; input.other }`)).toEqual([]);
  });

  test("base documents have schemas as well", () => {
    const source = `${head}# schemas:\n#   - data.people: schema.user\np if { data.people.nope }\nq if data.people.nope`;
    expect(errors(source)).toEqual(["5 rego_type_error undefined ref: data.people.nope"]);
  });

  test("the schema called schema is that of every input", () => {
    expect(errors("package a\np if input.nope", new Map([["schema", event]]))).toEqual(["2 rego_type_error undefined ref: input.nope"]);
  });
});

describe("schemas that are no use", () => {
  const head = "package a\n# METADATA\n# schemas:\n";
  test.each([
    ["#   - input: schema.nope", "undefined schema: schema.nope"],
    ["#   - foo: schema.user", "invalid document reference: foo is not below input or data"],
    ["#   - input: 1", 'invalid schema declaration for path "input"'],
    ["#   - input: {type: 1}", "unable to compile the schema: there is no type 1"],
    [
      '#   - input: {$ref: "https://example.com/a.json"}',
      "unable to compile the schema: $ref https://example.com/a.json leads out of the schema, and nothing is fetched",
    ],
    ['#   - input: {$ref: "#/nowhere"}', "unable to compile the schema: $ref #/nowhere leads nowhere"],
    [
      "#   - input: {allOf: [{type: string}, {type: number}]}",
      "unable to compile the schema: allOf combines schemas that no value can meet",
    ],
  ])("%s", (line, message) => {
    expect(errors(`${head}${line}\np if input.a`)).toEqual([`2 rego_type_error ${message}`]);
  });

  test("a name says nothing where no schemas are given, a schema written out does", () => {
    expect(errors(`${head}#   - input: schema.nope\np if input.a`, null)).toEqual([]);
    const inline = `${head}#   - input: {type: object, properties: {b: {type: string}}}\np if input.a`;
    const { diagnostics } = compile({ modules: [{ file: "a.rego", source: inline, version: "v1" }] });
    expect(diagnostics.map(({ line }) => line)).toEqual([5]);
  });

  test("references in a circle end", () => {
    expect(errors(`${head}#   - input: {$ref: "#/a", a: {$ref: "#/a"}}\np if input.b`)).toEqual([]);
  });
});
