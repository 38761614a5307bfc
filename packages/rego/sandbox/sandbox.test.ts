// What strangers may try, and what it costs us: each attack ends at its limit, and the jobs beside it come out as if it were not there.
import fc from "fast-check";
import { expect, test } from "vitest";
import type { RegoValue } from "../runtime/value.ts";
import { evaluateInSandbox, type SandboxOptions, type SandboxOutcome } from "./evaluate-in-sandbox.ts";
import type { SandboxJob } from "./messages.ts";
import { effectiveLimits } from "./sandbox-limits.ts";

const MEBIBYTE = 1_048_576;

function job(name: string, body: string, over: SandboxJob["over"] = "whole"): SandboxJob {
  return {
    name,
    modules: [{ file: `${name}.rego`, source: `package a\n\nimport rego.v1\n\n${body}`, version: "v1" }],
    rule: ["a", "p"],
    over,
  };
}

const before = job("before", "p := 1");
const after = job("after", "p := 2");

/** What came of one attack between two jobs that are none. */
async function attacked(attack: SandboxJob, options: SandboxOptions = {}): Promise<SandboxOutcome | undefined> {
  const outcomes = await evaluateInSandbox([before, attack, after], { limits: { wallMs: 4000 }, ...options });
  expect(outcomes.map(({ name }) => name)).toEqual(["before", attack.name, "after"]);
  expect(outcomes[0]).toMatchObject({ problem: null, results: [{ element: null, value: 1 }] });
  expect(outcomes[2]).toMatchObject({ problem: null, results: [{ element: null, value: 2 }] });
  return outcomes[1];
}

test.each([
  ["a cross product", "p := count([1 | some a in numbers.range(1, 100000); some b in numbers.range(1, 100000); a * b == -1])"],
  [
    "a graph of walks",
    "p := count([1 | walk(input, [x, y]); walk(input, [z, w]); walk(input, [v, u]); walk(input, [t, s]); count(x) == -1])",
  ],
])(
  "%s ends at the wall time",
  async (_, body) => {
    const input = Array.from({ length: 300 }, (__, place) => ({ place }));
    const started = Date.now();
    const outcome = await attacked(job("cpu", body), { limits: { wallMs: 1500 }, input });
    expect(outcome).toMatchObject({ results: [], problem: { code: "limit_time", file: "cpu.rego", line: 5 } });
    expect(Date.now() - started).toBeLessThan(45_000);
  },
  60_000,
);

test.each([
  ["lists", "p := count([x | some a in numbers.range(1, 10000); x := [y | some y in numbers.range(a, a + 10000)]])"],
  ["growing strings", `p := count({x | some a in numbers.range(1, 100000); x := sprintf("%0100000d", [a])})`],
  [
    "doubled strings",
    `p := count(e)\na := "${"x".repeat(99)}"\nb := replace(a, "x", a)\nc := replace(b, "x", a)\nd := replace(c, "x", a)\ne := replace(d, "x", a)`,
  ],
])(
  "a memory bomb of %s ends at the limit",
  async (_, body) => {
    const outcome = await attacked(job("memory", body), { limits: { wallMs: 20_000, memoryBytes: 300 * MEBIBYTE } });
    // Whichever bound it meets, it ends, and with its file and line; a builtin's own bound may leave it undefined.
    if (outcome?.problem !== null) {
      expect(outcome?.problem).toMatchObject({ file: "memory.rego" });
      expect(["limit_memory", "limit_time", "eval_internal_error"]).toContain(outcome?.problem.code);
    } else expect(outcome.results).toEqual([]);
  },
  90_000,
);

test("a list that outgrows the memory is a problem of memory, with file and line", async () => {
  const body = "p := [x | some a in numbers.range(1, 10000); x := [[y, a] | some y in numbers.range(a, a + 10000)]]";
  const outcome = await attacked(job("memory", body), { limits: { wallMs: 60_000, memoryBytes: 200 * MEBIBYTE } });
  expect(outcome?.problem).toMatchObject({ code: "limit_memory", file: "memory.rego", line: 5 });
}, 90_000);

test("a large result ends at its limit", async () => {
  const outcome = await attacked(job("output", `p := [x | some a in numbers.range(1, 1000); x := sprintf("%01000d", [a])]`), {
    limits: { outputBytes: 10_000 },
  });
  expect(outcome?.problem).toMatchObject({ code: "limit_output", file: "output.rego", line: 5 });
});

test("steps are counted, and where they ran out is known", async () => {
  const outcome = await attacked(
    job("steps", "p := count([1 | some a in numbers.range(1, 1000); some b in numbers.range(1, 1000); a * b == -1])"),
    {
      limits: { steps: 10_000 },
    },
  );
  expect(outcome?.problem).toMatchObject({ code: "limit_steps", file: "steps.rego", line: 5 });
});

test("a catastrophic pattern is none: patterns run in linear time", async () => {
  const outcome = await attacked(job("pattern", `p := regex.match("^(a+)+$", "${"a".repeat(5000)}!")`));
  expect(outcome).toMatchObject({ problem: null, results: [{ value: false }] });
});

test.each([
  ["the network", `p := http.send({"method": "get", "url": "http://127.0.0.1:1"})`, []],
  ["names of hosts", `p := net.lookup_ip_addr("holdfast.example")`, []],
  ["the environment", "p := opa.runtime().env", []],
  ["the clock", "p := time.now_ns()", [{ element: null, value: 0 }]],
  [
    "prototypes",
    `p := [x | some k in ["__proto__", "constructor", "toString", "process"]; x := {"none": 1}[k]]`,
    [{ element: null, value: [] }],
  ],
])("%s: nothing is there", async (_, body, results) => {
  expect(await attacked(job("reach", body))).toMatchObject({ problem: null, results });
});

test("deep nesting and a huge source are told, not suffered", async () => {
  const deep = await attacked(job("deep", `p := ${"[".repeat(50_000)}1${"]".repeat(50_000)}`));
  expect(deep?.problem).toMatchObject({ file: "deep.rego", line: 5 });
  const huge = await attacked(job("huge", Array.from({ length: 200_000 }, (_, line) => `q${line} := ${line}`).join("\n")));
  expect(huge?.problem?.file).toBe("huge.rego");
}, 60_000);

test.each(["SIGSTOP", "SIGKILL"] as const)(
  "a process that gets %s costs one job",
  async (signal) => {
    let started = 0;
    const slow = job("slow", "p := count([1 | some a in numbers.range(1, 100000); some b in numbers.range(1, 100000); a * b == -1])");
    const outcomes = await evaluateInSandbox([slow, after], {
      limits: { wallMs: 6000 },
      onStart: (pid) => {
        // Only the first; by then it is in its one evaluation, or still starting.
        if (started++ === 0) setTimeout(() => process.kill(pid, signal), 3000);
      },
    });
    expect(["limit_time", "sandbox_failed"]).toContain(outcomes[0]?.problem?.code);
    expect(outcomes[1]).toMatchObject({ problem: null, results: [{ value: 2 }] });
  },
  60_000,
);

test("elements of the input come back as the objects that were given, with every digit", async () => {
  const input: RegoValue = [{ kind: "A", n: 2n ** 70n }, { kind: "B" }];
  const [outcome] = await evaluateInSandbox([job("same", "p contains [x, x.n] if some x in input")], { input });
  const value = outcome?.results[0]?.value as unknown as readonly (readonly RegoValue[])[];
  expect(value).toEqual([[input[0], 2n ** 70n]]);
  expect(value[0]?.[0]).toBe(input[0]);
});

test("a module over one object sees each element, one over the array all of them, and both only those of its job", async () => {
  const input = [{ kind: "Pod" }, { kind: "Deployment" }, { kind: "Pod" }];
  const single = job("single", `p contains input.kind if input.kind == "Pod"`, "derive");
  const array = job("array", "p := count(input)", "derive");
  const outcomes = await evaluateInSandbox([single, array, { ...array, elements: [0, 1] }], { input });
  expect(outcomes[0]?.results).toEqual([
    { element: 0, value: ["Pod"] },
    { element: 1, value: [] },
    { element: 2, value: ["Pod"] },
  ]);
  expect(outcomes[1]?.results).toEqual([{ element: null, value: 3 }]);
  expect(outcomes[2]?.results).toEqual([{ element: null, value: 2 }]);
});

test("hostile names and texts stay what they are", async () => {
  const texts = fc.sample(fc.string({ unit: "grapheme", maxLength: 20 }), { numRuns: 40, seed: 7 });
  const all = [...texts, "`${process.exit(1)}`", `"; process.exit(1); "`, "__proto__", "*/ process.exit(1) /*", "\u2028", "element-0"];
  const jobs = all.map((text) => job(text, `p := {${JSON.stringify(text)}: ${JSON.stringify(text)}}`));
  const outcomes = await evaluateInSandbox(jobs);
  expect(outcomes.map(({ results }) => Object.entries(results[0]?.value ?? {})[0])).toEqual(all.map((text) => [text, text]));
});

test("limits that can't hold are refused", () => {
  for (const limits of [{ wallMs: 0 }, { memoryBytes: 1000 }, { outputBytes: Number.NaN }, { wallMs: Infinity }]) {
    expect(() => effectiveLimits(limits)).toThrow(RangeError);
  }
});
