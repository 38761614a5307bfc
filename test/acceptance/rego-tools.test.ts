// The tools for people who write Rego: `holdfast rego eval`, `test` and `check`, beside what `opa` says to the same.
import { expect, describe, test } from "vitest";
import { needs } from "./needs.ts";
import { runCommand, runHoldfast, type Run } from "./run-holdfast.ts";
import { scratchFolder } from "./scratch-folder.ts";

const SHOP = `package shop

import rego.v1

default allow := false

allow if input.user in data.staff.admins

deny contains message if {
	some item in input.items
	item.price > data.limits.price
	message := sprintf("%s costs %d", [item.name, item.price])
}
`;

const SHOP_TEST = `package shop_test

import rego.v1

import data.shop

test_admin if shop.allow with input as {"user": "ada"} with data.staff.admins as ["ada"]

test_wrong if shop.allow with input as {"user": "eve"}

todo_test_later if false

test_prices[name] if {
	some name, price in {"cheap": 1, "dear": 900}
	count(shop.deny) == 0 with input as {"items": [{"name": name, "price": price}]}
}

test_twice if false

test_twice if true
`;

const FILES: Readonly<Record<string, string>> = {
  "policy/shop.rego": SHOP,
  "policy/staff/names.json": '{"admins": ["ada"]}',
  "policy/limits.yaml": "limits: {price: 100}\n",
  "tests/shop_test.rego": SHOP_TEST,
  "input.yaml":
    "user: ada\nitems:\n  - {name: tea, price: 3}\n  - {name: ring, price: 5000}\n  - {name: boat, price: 12345678901234567890}\n",
};

function parsed({ stdout }: Run): unknown {
  return JSON.parse(stdout);
}

describe("rego eval", () => {
  const cwd = scratchFolder(FILES);
  const rego = (...args: readonly string[]): Promise<Run> => runHoldfast(["rego", "eval", ...args], { cwd });
  const sources = ["-d", "policy", "-i", "input.yaml"];

  test("rules over folders of modules and data, with an input", async () => {
    const run = await rego(...sources, "--format", "raw", "data.shop.deny[x]; data.shop.allow");
    expect(run).toMatchObject({ code: 0, stdout: "boat costs 12345678901234567890 true\nring costs 5000 true\n", stderr: "" });
  });

  test("in every format it gives what opa gives", async (context) => {
    const opa = needs(context, "opa");
    const queries = [
      "data",
      "data.shop.deny[x]",
      "1 > 2",
      "[true, false][_]",
      "y = [1, 2][_]; y == 2",
      "x := 1; x == 1; data.limits",
      "data.none",
    ];
    for (const query of queries) {
      for (const format of ["json", "pretty", "values", "bindings", "raw"]) {
        const args = [...sources, "--format", format, query];
        const [ours, theirs] = await Promise.all([rego(...args), runCommand([opa, "eval", ...args], { cwd })]);
        expect(ours.code, query).toBe(theirs.code);
        if (format === "json") expect(parsed(ours), query).toEqual(parsed(theirs));
        else expect(ours.stdout, `${format}: ${query}`).toBe(theirs.stdout);
      }
    }
  }, 60_000);

  test("the input comes from standard input as well", async () => {
    const run = await runHoldfast(["rego", "eval", "-I", "-f", "raw", "input.a"], { cwd, stdin: "a: 7\n" });
    expect(run).toMatchObject({ code: 0, stdout: "7\n" });
  });

  test("--fail and --fail-defined make exit codes of definedness", async () => {
    const codes = await Promise.all(
      [
        ["--fail", "data.none"],
        ["--fail", "data.limits"],
        ["--fail-defined", "data.none"],
        ["--fail-defined", "data.limits"],
      ].map(async (args) => (await rego(...sources, ...args)).code),
    );
    expect(codes).toEqual([1, 0, 0, 1]);
  });

  test("a failing builtin is undefined, or with --strict-builtin-errors the end", async () => {
    expect(await rego("1 / 0")).toMatchObject({ code: 0, stdout: "{}\n" });
    const run = await rego("--strict-builtin-errors", "1 / 0");
    expect(run.code).toBe(4);
    expect(run.stderr).toContain("eval_builtin_error");
    expect(run.stderr).toContain("div: divide by zero");
  });

  test("what is wrong is told with place and remedy, on exit code 2", async () => {
    const wrong = scratchFolder({ "a.json": '{"x": {"k": 1}}', "b.yaml": "x: {k: 2}\n", "c.json": "{" });
    const run = await runHoldfast(["rego", "eval", "-d", "a.json", "-d", "b.yaml", "-d", "c.json", "-d", "none", "data"], { cwd: wrong });
    expect(run.code).toBe(2);
    expect(run.stderr).toMatch(/b\.yaml: data\.x\.k is in a\.json already\n {2}help: /u);
    expect(run.stderr).toContain("c.json: it is no JSON");
    expect(run.stderr).toContain("none: there is no such file or folder");
    const query = await rego("x := ");
    expect(query.code).toBe(2);
    expect(query.stderr).toContain("query:1:5");
  });

  test("data is put below a name by a prefix, and left out by --ignore", async () => {
    const run = await rego(
      "-d",
      "a.b:input.yaml",
      "-d",
      "policy",
      "--ignore",
      "staff,*.rego",
      "-f",
      "raw",
      "[data.a.b.user, data.limits.price, object.keys(data)]",
    );
    expect(run).toMatchObject({ code: 0, stdout: '["ada",100,["a","limits"]]\n' });
  });

  test("--max-steps and --max-output end what does or gives too much", async () => {
    const query = "count([1 | some i in numbers.range(1, 1000)])";
    expect(await rego("--max-steps", "100000", "--max-output", "1000", "-f", "raw", query)).toMatchObject({ code: 0, stdout: "1000\n" });
    const steps = await rego("--max-steps", "100", query);
    expect(steps).toMatchObject({ code: 4, stderr: expect.stringContaining("limit_steps") as string });
    const output = await rego("--max-output", "100", "numbers.range(1, 1000)");
    expect(output).toMatchObject({ code: 4, stderr: expect.stringContaining("limit_output") as string });
    expect((await rego("--max-steps", "none", query)).code).toBe(2);
  });

  test("--metrics tells how long it took", async () => {
    const { metrics } = parsed(await rego(...sources, "--metrics", "data.limits")) as {
      readonly metrics: Readonly<Record<string, number>>;
    };
    expect(metrics["timer_rego_query_eval_ns"]).toBeGreaterThan(0);
  });
});

describe("rego test", () => {
  const cwd = scratchFolder(FILES);
  interface Outcome {
    readonly name: string;
    readonly fail?: boolean;
    readonly skip?: boolean;
    readonly sub_results?: unknown;
  }
  const outcomes = (run: Run): unknown =>
    (parsed(run) as readonly Outcome[])
      .map(({ name, fail, skip, sub_results: cases }) => ({ name, fail, skip, cases }))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1));

  test("tests, mocks, cases, repeated names and skipped tests come out as with opa", async (context) => {
    const opa = needs(context, "opa");
    const [ours, theirs] = await Promise.all([
      runHoldfast(["rego", "test", ".", "--ignore", "input.yaml", "--format", "json"], { cwd }),
      runCommand([opa, "test", ".", "--ignore", "input.yaml", "--format", "json"], { cwd }),
    ]);
    expect(outcomes(ours)).toEqual(outcomes(theirs));
    expect(ours.code).toBe(1);
  });

  test("what fails is shown with its line and the cases that failed; -r chooses, -v shows all", async () => {
    const run = await runHoldfast(["rego", "test", "policy", "tests"], { cwd });
    expect(run.code).toBe(1);
    expect(run.stdout).toMatch(/data\.shop_test\.test_wrong: FAIL .*\n {2}at tests\/shop_test\.rego:9\n {2}9 \| test_wrong if /u);
    expect(run.stdout).toContain("  dear: FAIL\n");
    expect(run.stdout).not.toContain("cheap");
    // Of a test with cases each case counts, as with opa.
    expect(run.stdout).toMatch(/PASS: 3\/7\nFAIL: 3\/7\nSKIPPED: 1\/7\n$/u);
    const chosen = await runHoldfast(["rego", "test", "policy", "tests", "-r", "admin$", "-v"], { cwd });
    expect(chosen.code).toBe(0);
    expect(chosen.stdout).toMatch(/^data\.shop_test\.test_admin: PASS .*\n\nPASS: 1\/1\n$/u);
  });

  test("--format junit gives a suite for each package", async () => {
    const { stdout } = await runHoldfast(["rego", "test", "policy", "tests", "--format", "junit"], { cwd });
    expect(stdout).toContain('<testsuite name="data.shop_test" tests="6" failures="3" errors="0" skipped="1">');
  });

  test("skipped tests and no tests have exit codes of their own", async () => {
    const args = ["rego", "test", "tests", "policy", "-r", "later"];
    const runs = [args, [...args, "-z"], ["rego", "test", "policy"], ["rego", "test", "policy", "--fail-on-empty"]];
    expect(await Promise.all(runs.map(async (each) => (await runHoldfast(each, { cwd })).code))).toEqual([1, 0, 0, 1]);
  });
});

test("--strict refuses what is unused, in every tool", async () => {
  const cwd = scratchFolder({ "a.rego": "package a\n\nimport data.b\n\ntest_a if { x := 1 }\n" });
  for (const args of [
    ["check", "a.rego"],
    ["test", "a.rego"],
    ["eval", "-d", "a.rego", "data"],
    ["build", "a.rego", "-e", "a", "-o", "a.mjs"],
  ]) {
    expect((await runHoldfast(["rego", ...args], { cwd })).code, args[0]).toBe(0);
    const strict = await runHoldfast(["rego", ...args, "--strict"], { cwd });
    expect(strict.code, args[0]).toBe(2);
    expect(strict.stderr).toContain("rego_compile_error");
  }
});

test("a rule may not stand where the data that are loaded with it have a value, as with opa", async (context) => {
  const opa = needs(context, "opa");
  const cwd = scratchFolder({ "a.rego": "package a\n\np := 1\n\ntest_p if p == 1\n", "a/data.json": '{"p": 2}' });
  for (const args of [
    ["eval", "-d", "a.rego", "-d", "a:a", "data.a"],
    ["test", "."],
  ]) {
    const [ours, theirs] = await Promise.all([runHoldfast(["rego", ...args], { cwd }), runCommand([opa, ...args], { cwd })]);
    const message = "conflicting rule for data path a/p found";
    expect(theirs.stdout + theirs.stderr).toContain(message);
    expect(ours.code).toBe(2);
    expect(ours.stderr).toContain(`rego_compile_error: ${message}\n  at a.rego:3:1`);
  }
});

describe("rego check", () => {
  const wrong = scratchFolder({ "a.rego": "package a\n\np if q\n\nr if { s }\n", "good.rego": SHOP });

  test("tells every error with its place, the line and what to do", async () => {
    const run = await runHoldfast(["rego", "check", "."], { cwd: wrong });
    expect(run).toMatchObject({ code: 2, stdout: "" });
    expect(run.stderr).toContain("rego_unsafe_var_error: var q is unsafe\n  at a.rego:3:6\n");
    expect(run.stderr).toContain("  3 | p if q\n    |      ^\n  help: ");
    expect(run.stderr).toMatch(/\n2 errors\n$/u);
    expect(await runHoldfast(["rego", "check", "good.rego"], { cwd: wrong })).toMatchObject({ code: 0, stdout: "", stderr: "" });
  });

  test("--format json has the form of opa's", async (context) => {
    const opa = needs(context, "opa");
    const args = ["check", ".", "--format", "json"];
    const [ours, theirs] = await Promise.all([runHoldfast(["rego", ...args], { cwd: wrong }), runCommand([opa, ...args], { cwd: wrong })]);
    expect(parsed(ours)).toEqual(JSON.parse(theirs.stdout === "" ? theirs.stderr : theirs.stdout));
  });

  test("--v0-compatible reads the old language", async () => {
    const cwd = scratchFolder({ "old.rego": 'package old\n\ndeny[x] { x := "no" }\n' });
    expect((await runHoldfast(["rego", "check", "old.rego"], { cwd })).code).toBe(2);
    expect((await runHoldfast(["rego", "check", "--v0-compatible", "old.rego"], { cwd })).code).toBe(0);
  });
});
