// `holdfast rego build`: the module that it writes, alone in an empty folder with plain Node, gives what `holdfast rego eval` gives.
import { copyFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { runCommand, runHoldfast, type Run } from "./run-holdfast.ts";
import { scratchFolder } from "./scratch-folder.ts";

const SHOP = `package shop

default allow := false

allow if input.user in data.staff.admins

deny contains message if {
	some item in input.items
	item.price > data.limits["a-b"].price
	message := sprintf("%s costs %d", [item.name, item.price])
}

digest := crypto.sha256(input.user)

matched := [w | some w in regex.find_n("[a-z]+", yaml.unmarshal(input.note), -1)]

huge := data.limits.huge + 1

clash := 1

clash := 2 if input.user == "eve"

when := [time.now_ns(), rand.intn("a", 1000000)]

double(x) := x * 2

missing if input.nothing
`;

const FILES: Readonly<Record<string, string>> = {
  "policy/shop.rego": SHOP,
  "policy/staff/names.json": '{"admins": ["ada"], "__proto__": {"admins": ["eve"]}}',
  "policy/limits/all.yaml": "a-b: {price: 100}\nhuge: 12345678901234567890\n",
};

const NAMES = ["shop/allow", "shop/deny", "shop/digest", "shop/matched", "shop/huge", "shop/missing", "shop/clash", "shop/when"];
const INPUT = {
  user: "ada",
  note: "one two",
  items: [
    { name: "tea", price: 3 },
    { name: "ring", price: 5000 },
  ],
};

const cwd = scratchFolder({ ...FILES, "input.json": JSON.stringify(INPUT) });

function build(output: string, ...args: readonly string[]): Promise<Run> {
  return runHoldfast(["rego", "build", "policy", "-o", output, ...args], { cwd });
}

/** Runs a script beside the module in a folder with nothing else. */
async function use(module: string, script: string): Promise<Run> {
  const folder = scratchFolder({ "use.mjs": script });
  copyFileSync(path.join(cwd, module), path.join(folder, "policy.mjs"));
  expect(readdirSync(folder).toSorted()).toEqual(["policy.mjs", "use.mjs"]);
  return runCommand([process.execPath, "use.mjs"], { cwd: folder });
}

/** What a module imports, as Node reads it. */
async function importsOf(module: string): Promise<unknown> {
  const script = `const { readFileSync } = require("node:fs");
    const module = new (require("node:vm").SourceTextModule)(readFileSync(process.argv[1], "utf8"));
    console.log(JSON.stringify(module.moduleRequests ?? module.dependencySpecifiers));`;
  const { stdout } = await runCommand([process.execPath, "--experimental-vm-modules", "-e", script, module], { cwd });
  return JSON.parse(stdout);
}

describe("rego build", () => {
  test("the module alone gives what rego eval gives", async () => {
    expect(await build("all.mjs", ...NAMES.flatMap((name) => ["-e", name]))).toMatchObject({ code: 0, stderr: "", stdout: "" });
    expect(await importsOf("all.mjs")).toEqual([]);
    const compared = NAMES.slice(0, 6);
    const { code, stdout, stderr } = await use(
      "all.mjs",
      `import { entrypoints, evaluate } from "./policy.mjs";
      const input = ${JSON.stringify(INPUT)};
      const shown = (value) => typeof value === "bigint" ? String(value) : JSON.stringify(value) ?? "undefined";
      for (const entrypoint of entrypoints.slice(0, 6)) console.log(shown(evaluate(input, { entrypoint })));`,
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const wanted = await Promise.all(
      compared.map(async (name) => {
        const query = `data.${name.replace("/", ".")}`;
        const run = await runHoldfast(["rego", "eval", "-d", "policy", "-i", "input.json", query], { cwd });
        const { result } = JSON.parse(run.stdout.replace("12345678901234567891", '"12345678901234567891"')) as {
          readonly result?: readonly { readonly expressions: readonly { readonly value: unknown }[] }[];
        };
        const value = result?.[0]?.expressions[0]?.value;
        return name === "shop/huge" ? value : (JSON.stringify(value) ?? "undefined");
      }),
    );
    expect(stdout.trimEnd().split("\n")).toEqual(wanted);
    expect(wanted).toContain('["ring costs 5000"]');
    expect(wanted).toContain("12345678901234567891");
    expect(wanted).toContain("undefined");
  }, 60_000);

  test("data, time, seed and failures are as the documentation says", async () => {
    expect((await build("some.mjs", "-e", "data.shop.allow", "-e", "shop/clash", "-e", "shop/when", "-e", "shop")).code).toBe(0);
    const { stdout, stderr } = await use(
      "some.mjs",
      `import { entrypoints, evaluate } from "./policy.mjs";
      const caught = (run) => { try { return run(); } catch ({ name, code, file, line }) { return { name, code, file, line }; } };
      const when = () => String(evaluate({}, { entrypoint: "shop/when", now: 1_700_000_000_000_000_000n, seed: "s" }));
      console.log(JSON.stringify([
        entrypoints,
        evaluate(),
        evaluate({ user: "bo" }, { data: { staff: { admins: ["bo"] } } }),
        evaluate({ user: "ada" }, { data: {} }),
        evaluate({ user: "eve" }),
        when() === when(),
        when().startsWith("1700000000000000000,"),
        evaluate({ user: "x", items: [] }, { entrypoint: "shop", now: 0n }).deny,
        caught(() => evaluate({ user: "eve" }, { entrypoint: "shop/clash" })),
        caught(() => evaluate({}, { entrypoint: "shop/none" })),
      ]));`,
    );
    expect(stderr).toBe("");
    expect(JSON.parse(stdout)).toEqual([
      ["shop/allow", "shop/clash", "shop/when", "shop"],
      false,
      true,
      false,
      false,
      true,
      true,
      [],
      { name: "EvaluationFailure", code: "eval_conflict_error", file: "policy/shop.rego", line: expect.any(Number) as number },
      { name: "TypeError" },
    ]);
  }, 60_000);

  test("what can't be built is told with a remedy, and nothing is written", async () => {
    const runs = await Promise.all([
      build("no.mjs", "-e", "shop/none"),
      build("no.mjs", "-e", "shop/double"),
      build("no/such/folder.mjs", "-e", "shop/allow"),
      build("no.mjs"),
      runHoldfast(["rego", "build", "none", "-e", "shop/allow", "-o", "no.mjs"], { cwd }),
    ]);
    expect(runs.map(({ code }) => code)).toEqual([2, 2, 2, 2, 2]);
    expect(runs[0]?.stderr).toContain("shop/none: there is no such rule");
    expect(runs[0]?.stderr).toContain("shop/allow");
    expect(readdirSync(cwd)).not.toContain("no.mjs");
  });
});
