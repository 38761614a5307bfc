// What `holdfast rego eval` and `test` tell beside results: explanations, profiles, coverage; and the limits that they hold.
import { describe, expect, test } from "vitest";
import { needs } from "./needs.ts";
import { runCommand, runHoldfast, type Run } from "./run-holdfast.ts";
import { scratchFolder } from "./scratch-folder.ts";

const SHOP = `package shop

import rego.v1

deny contains message if {
	some item in input.items
	dear(item)
	message := sprintf("%s costs %d", [item.name, item.price])
}

dear(item) if item.price > 100

unused if input.unused
`;

const ENDLESS = "count([1 | some a in numbers.range(1, 100000); some b in numbers.range(1, 100000); a * b == -1])";

const SHOP_TEST = `package shop_test

import rego.v1

import data.shop

test_dear if count(shop.deny) == 1 with input.items as [{"name": "ring", "price": 5000}]

test_two if {
	wanted := 2
	count(shop.deny) == wanted with input.items as [{"name": "ring", "price": 5000}]
}
`;

const FILES: Readonly<Record<string, string>> = {
  "shop.rego": SHOP,
  "shop_test.rego": SHOP_TEST,
  "slow.rego": `package slow\n\nrule := ${ENDLESS}\n`,
  "input.yaml": "items:\n  - {name: tea, price: 3}\n  - {name: ring, price: 5000}\n",
};

function json(run: Run): Readonly<Record<string, unknown>> {
  return JSON.parse(run.stdout) as Readonly<Record<string, unknown>>;
}

describe("rego eval", () => {
  const cwd = scratchFolder(FILES);
  const rego = (...args: readonly string[]): Promise<Run> => runHoldfast(["rego", "eval", ...args], { cwd });
  const shop = ["-d", "shop.rego", "-i", "input.yaml"];

  test("--explain steps shows what made the result: lines, variables and what they read, and nothing else", async () => {
    const { stdout } = await rego(...shop, "--format", "pretty", "--explain", "steps", "data.shop.deny");
    expect(stdout).toContain('data.shop.deny: "ring costs 5000"    (shop.rego:5)');
    expect(stdout).toContain("shop.rego:7  dear(item)");
    expect(stdout).toContain("reads input.items[1].price");
    expect(stdout).not.toContain("tea");
    const run = await rego(...shop, "--explain", "steps", "data.shop.deny");
    expect(json(run)["explanation"]).toMatchObject([{ steps: [{ because: [{ rule: "data.shop.deny", line: 5 }] }] }]);
  });

  test("--explain full, fails and notes show events; formats of values leave them to standard error", async () => {
    const full = await rego(...shop, "--format", "raw", "--explain", "full", "data.shop.deny");
    expect(full.stdout).toBe('["ring costs 5000"]\n');
    expect(full.stderr).toMatch(/^query:1 +Enter data\.shop\.deny\n/u);
    const fails = await rego(...shop, "--format", "pretty", "--explain", "fails", "data.shop.deny");
    expect(fails.stdout).toContain("Fail item.price > 100");
    const notes = await rego("--format", "pretty", "--explain", "notes", 'trace("here")');
    expect(notes.stdout).toContain('Note "here"');
  });

  test("--profile names the dearest expressions, as many as --profile-limit says", async () => {
    const run = await rego(...shop, "--profile", "--profile-limit", "2", "data.shop.deny");
    expect(json(run)["profile"]).toMatchObject([
      { num_eval: expect.any(Number) as number },
      { location: { file: expect.any(String) as string } },
    ]);
    expect((await rego(...shop, "--profile", "-f", "pretty", "data.shop.deny")).stdout).toMatch(/│ +time +│ +evals/u);
  });

  test("--metrics has the names of opa's", async (context) => {
    const opa = needs(context, "opa");
    const args = ["eval", ...shop, "--metrics", "data.shop.deny"];
    const theirs = await runCommand([opa, ...args], { cwd });
    const names = (run: Run): readonly string[] => Object.keys(json(run)["metrics"] as object).toSorted();
    expect(names(await runHoldfast(["rego", ...args], { cwd }))).toEqual(names(theirs));
  });

  test("--coverage counts the lines that opa counts", async (context) => {
    const opa = needs(context, "opa");
    const args = ["eval", ...shop, "--coverage", "data.shop.deny"];
    const theirs = json(await runCommand([opa, ...args], { cwd }))["coverage"] as Readonly<Record<string, unknown>>;
    const ours = json(await runHoldfast(["rego", ...args], { cwd }))["coverage"] as Readonly<Record<string, unknown>>;
    for (const figure of ["covered_lines", "not_covered_lines", "coverage"]) expect(ours[figure], figure).toBe(theirs[figure]);
    const { stdout } = await rego(...shop, "--coverage", "--format", "pretty", "data.shop.deny");
    expect(stdout).toMatch(/│ shop\.rego │ 83\.3 % +│ 13 +│/u);
  });

  test("--package and --import let a query name things as a module does", async (context) => {
    const opa = needs(context, "opa");
    for (const args of [
      [...shop, "--package", "shop", "-f", "raw", 'deny[x]; dear({"price": 101})'],
      [...shop, "--import", "data.shop", "--import", "input.items as things", "-f", "raw", "shop.deny; things[0].name"],
    ]) {
      const [ours, theirs] = await Promise.all([rego(...args), runCommand([opa, "eval", ...args], { cwd })]);
      expect(ours.stdout).toBe(theirs.stdout);
      expect(ours.code).toBe(0);
    }
    expect((await rego("--import", "a b", "1")).code).toBe(2);
  });

  test("--timeout and --max-memory end what takes too long or too much, and name the rule", async () => {
    const time = await rego("-d", "slow.rego", "--timeout", "1s", "data.slow.rule");
    expect(time).toMatchObject({ code: 4, stderr: "limit_time: it took more than 1000 ms\n  at slow.rego:3\n" });
    expect(json(time)["errors"]).toMatchObject([{ code: "limit_time", location: { file: "slow.rego", row: 3 } }]);
    const query = "[x | some a in numbers.range(1, 10000); x := [[y, a] | some y in numbers.range(a, a + 10000)]]";
    const memory = await rego("--max-memory", "200", "--timeout", "60s", query);
    expect(memory).toMatchObject({ code: 4, stderr: expect.stringContaining("limit_memory") as string });
    expect((await rego("--timeout", "soon", "1")).code).toBe(2);
  }, 90_000);

  test("--sandbox gives what is given without it, input, data, explanation and prints too", async () => {
    const env = { SOURCE_DATE_EPOCH: "0" };
    for (const args of [
      [...shop, "data.shop.deny[x]"],
      [...shop, "-f", "pretty", "--explain", "steps", "--coverage", "data.shop.deny"],
      [...shop, "-f", "raw", 'print("said"); time.now_ns(); 12345678901234567890'],
      ["-d", "none", "1"],
      ["1 + y"],
    ]) {
      const [inside, outside] = await Promise.all(
        [["--sandbox"], []].map((more) => runHoldfast(["rego", "eval", ...more, ...args], { cwd, env })),
      );
      expect(inside).toEqual(outside);
    }
    const refused = await rego("--sandbox", "--allow-network", "any", "1");
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain("--allow-network can't be had in a sandbox");
  }, 30_000);

  test("--schema and --capabilities refuse what they do not allow, in eval, test and check", async () => {
    const limited = scratchFolder({
      "a.rego": 'package a\n\n# METADATA\n# schemas:\n#   - input: schema.orders["of-shops"]\np if input.itms\n',
      "b.rego": 'package b\n\ntest_b if upper("a") == "A"\n',
      "schemas/orders/of-shops.json": '{"type": "object", "properties": {"items": {"type": "array"}}}',
      "schema.json": '{"type": "object", "properties": {"things": {"type": "array"}}}',
      "none.json": '{"builtins": [], "features": ["rego_v1"]}',
      "wrong.json": "[]",
    });
    const run = (...args: readonly string[]): Promise<Run> => runHoldfast(["rego", ...args], { cwd: limited });
    for (const args of [
      ["check", "a.rego"],
      ["test", "a.rego"],
      ["eval", "-d", "a.rego", "1"],
    ]) {
      expect((await run(...args)).code, args[0]).toBe(0);
      const refused = await run(...args, "--schema", "schemas");
      expect(refused.code, args[0]).toBe(2);
      expect(refused.stderr).toContain("rego_type_error: undefined ref: input.itms");
    }
    const single = await run("eval", "--schema", "schema.json", "input.itms");
    expect(single).toMatchObject({ code: 2, stderr: expect.stringContaining("undefined ref: input.itms") as string });
    for (const args of [
      ["check", "b.rego"],
      ["test", "b.rego"],
      ["eval", "-d", "b.rego", "1"],
    ]) {
      expect((await run(...args)).code, args[0]).toBe(0);
      const refused = await run(...args, "--capabilities", "none.json");
      expect(refused.code, args[0]).toBe(2);
      expect(refused.stderr).toContain("undefined function upper");
    }
    for (const args of [
      ["--schema", "missing"],
      ["--schema", "wrong.json"],
      ["--capabilities", "wrong.json"],
    ])
      expect((await run("check", "b.rego", ...args)).code, args.join(" ")).toBe(2);
  }, 30_000);
});

describe("rego test", () => {
  const cwd = scratchFolder(FILES);
  const rego = (...args: readonly string[]): Promise<Run> => runHoldfast(["rego", "test", ...args], { cwd });
  const shop = ["shop.rego", "shop_test.rego"];

  test("a failing test shows the expression that did not hold, and the values that stand in it", async () => {
    const { stdout, code } = await rego(...shop);
    expect(code).toBe(1);
    expect(stdout).toContain(`  9 | test_two if {
  11 | count(shop.deny) == wanted with input.items as [{"name": "ring", "price": 5000}]
      count(shop.deny): 1
      shop.deny: {"ring costs 5000"}
      wanted: 2
`);
    expect((await rego(...shop, "--no-explain")).stdout).not.toContain("wanted: 2");
  });

  test("--coverage counts the lines that opa counts; --threshold makes an exit code of it", async (context) => {
    const opa = needs(context, "opa");
    const passing = [...shop, "--run", "test_dear"];
    const args = ["test", ...passing, "--coverage", "--format", "json"];
    const [ours, theirs] = await Promise.all([runHoldfast(["rego", ...args], { cwd }), runCommand([opa, ...args], { cwd })]);
    for (const figure of ["covered_lines", "not_covered_lines", "coverage"]) expect(json(ours)[figure], figure).toBe(json(theirs)[figure]);
    expect((await rego(...passing, "--coverage")).stdout).toMatch(/│ shop\.rego +│ 83\.3 % +│ 13 +│/u);
    expect((await rego(...passing, "--threshold", "40")).code).toBe(0);
    const missed = await rego(...passing, "--threshold", "90");
    expect(missed).toMatchObject({ code: 1, stderr: expect.stringContaining("less than --threshold 90") as string });
    expect((await rego(...shop, "--coverage")).code).toBe(1);
  });

  test("--run has the syntax of RE2, and refuses what is no pattern", async () => {
    expect((await rego(...shop, "--run", "(?i)SHOP_test\\.TEST_dear$")).stdout).toContain("PASS: 1/1");
    expect(await rego(...shop, "--run", "(?=a)")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("is no regular expression") as string,
    });
  });

  test("a test that passes a limit is an error, and the others come out", async () => {
    const limited = scratchFolder({ "t.rego": `package t\n\ntest_a if true\n\ntest_slow if ${ENDLESS} == 0\n\ntest_z if true\n` });
    for (const [option, value, code] of [
      ["--timeout", "1s", "limit_time"],
      ["--max-steps", "100000", "limit_steps"],
    ] as const) {
      const run = await runHoldfast(["rego", "test", "t.rego", option, value], { cwd: limited });
      expect(run.code).toBe(1);
      expect(run.stdout).toContain(`${code}: `);
      expect(run.stdout).toContain("    at t.rego:5\n");
      expect(run.stdout).toMatch(/PASS: 2\/3\nERROR: 1\/3\n$/u);
    }
  }, 30_000);

  test("--sandbox gives what is given without it", async () => {
    const results = async (...more: readonly string[]): Promise<unknown> => {
      const { stdout } = await rego(...shop, "--format", "json", ...more);
      return (JSON.parse(stdout) as readonly object[]).map((result) => ({ ...result, duration: 0 }));
    };
    expect(await results("--sandbox")).toEqual(await results());
  });
});
