import type { Finding, Problem, Result, Source } from "@holdfast/core";
import fc from "fast-check";
import { anyAttack } from "./arbitrary-attack.ts";
import { buildResult, type ControlPart, type FindingPart } from "./build-result.ts";

// Texts that have a meaning to a terminal, a build log, a URI, a Markdown reader or a JSON reader.
const HOSTILE = [
  "\u001B[2J\u001B]0;x\u0007",
  "::error file=a::b",
  "##vso[task.complete]",
  "##[group]",
  "a\r\nb\tc",
  "\u0000\u007F\u009B31m",
  "\u202Eevil\u2066",
  "\uD800",
  "\uFEFF",
  "[a](b) {0} {{1}}",
  "日本語 🙂 e\u0301",
  "../a b/%/#?.yaml",
  "/absolute/path.yaml",
  "__proto__",
  "</script></style><img src=x onerror=alert(1)><!--<script>",
  '" onfocus="alert(1)" \' autofocus `&amp;`',
  "",
] as const;

const anyText = fc.oneof(
  { weight: 3, arbitrary: fc.string({ unit: "grapheme", maxLength: 60 }) },
  fc.constantFrom(...HOSTILE),
  fc.string({ unit: "binary", maxLength: 12 }),
);
const anyName = fc.oneof({ weight: 3, arbitrary: fc.constantFrom("catalog", "web-0", "database") }, anyText);
const anyFile = fc.oneof({ weight: 3, arbitrary: fc.constantFrom("a.yaml", "deploy/b.yaml", "-") }, anyText);
const anyNumber = fc.integer({ min: 1, max: 120 });
const anyScore = fc.option(fc.oneof(fc.constantFrom(0, 100, 99.999, 0.0001), fc.double({ min: 0, max: 100, noNaN: true })));
const anyLines = fc.array(anyText, { maxLength: 5 }).map((lines) => lines.join("\n"));

const anySource: fc.Arbitrary<Source> = fc.record(
  {
    file: anyFile,
    line: anyNumber,
    column: anyNumber,
    endLine: anyNumber,
    endColumn: anyNumber,
    exact: fc.boolean(),
    excerpt: fc.record({ line: anyNumber, text: anyLines }),
  },
  { requiredKeys: ["file", "line", "column", "exact", "excerpt"] },
);

const anyFix: fc.Arbitrary<Finding["fixes"][number]> = fc.oneof(
  fc.record({ kind: fc.constant("set" as const), path: anyText, value: fc.jsonValue({ maxDepth: 2 }) }),
  fc.record({ kind: fc.constant("remove" as const), path: anyText }),
  fc.record({ kind: fc.constant("choose" as const), question: anyText }),
  fc.record({ kind: fc.constant("none" as const), reason: anyText }),
);

const anyReplacement = fc.record({ startLine: anyNumber, startColumn: anyNumber, endLine: anyNumber, endColumn: anyNumber, text: anyText });
const anyDiff = fc
  .array(fc.tuple(fc.constantFrom(" ", "-", "+", "", "@@ -3,1 +3,2 @@"), anyText), { maxLength: 8 })
  .map((lines) => lines.map(([sign, text]) => sign + text).join("\n"));

function nonEmpty<T>([first, rest]: [T, readonly T[]]): [T, ...T[]] {
  return [first, ...rest];
}

/** A finding about one of `resources` resources, by one of the named controls. */
function anyFinding(controls: readonly string[], resources: number, exceptions: number): fc.Arbitrary<FindingPart> {
  const place = fc.integer({ min: 0, max: resources - 1 });
  const accepted =
    exceptions === 0
      ? fc.constant({})
      : fc.option(fc.record({ status: fc.constant("accepted" as const), acceptedBy: fc.integer({ min: 0, max: exceptions - 1 }) }), {
          nil: {},
        });
  const path = fc.record(
    {
      path: anyText,
      kind: fc.constantFrom("failed", "review", "delete"),
      resource: place,
      file: anyFile,
      line: anyNumber,
      column: anyNumber,
    },
    { requiredKeys: ["path", "kind"] },
  );
  return fc
    .record(
      {
        control: fc.constantFrom(...controls),
        resource: place,
        message: anyText,
        related: fc.array(place, { maxLength: 2 }),
        paths: fc.array(path, { maxLength: 3 }),
        evidence: fc.array(fc.record({ path: anyText, value: anyText }), { maxLength: 2 }),
        fixes: fc.tuple(anyFix, fc.array(anyFix, { maxLength: 2 })).map(nonEmpty),
        source: anySource,
        edit: fc.record({ file: anyFile, replacements: fc.array(anyReplacement, { maxLength: 2 }), diff: anyDiff }),
      },
      { requiredKeys: ["control", "resource", "message", "fixes"] },
    )
    .chain((finding) => accepted.map((more): FindingPart => Object.assign({}, finding, more)));
}

const anyProblem: fc.Arbitrary<Problem> = fc.record(
  {
    code: fc.constantFrom("yaml-syntax", "template", "rule-failed"),
    stage: fc.constantFrom("load", "evaluate"),
    subject: anyText,
    effect: fc.constantFrom("lost", "partial", "degraded"),
    cause: anyText,
    remedy: anyText,
    file: anyFile,
    line: anyNumber,
    column: anyNumber,
  },
  { requiredKeys: ["code", "stage", "subject", "effect", "cause", "remedy"] },
);

const anySkip = fc.record(
  {
    reason: fc.constantFrom("needs-input", "not-applicable", "no-match", "excluded"),
    input: anyText,
    providedBy: anyText,
    detail: anyText,
  },
  { requiredKeys: ["reason"] },
);

function anyControl(id: string): fc.Arbitrary<ControlPart> {
  const part = fc.record({
    name: anyText,
    score: fc.option(fc.double({ min: 0, max: 10, noNaN: true })),
    tags: fc.array(anyText, { maxLength: 30 }),
  });
  const help = fc.record({ description: anyText, why: anyText, fix: anyText, limits: anyText });
  const skipped = fc.option(fc.record({ status: fc.constant("skipped" as const), skips: fc.array(anySkip, { maxLength: 2 }) }), {
    nil: {},
  });
  return fc.tuple(part, help, skipped).map(([one, help, more]): ControlPart => Object.assign({ id, help }, one, more));
}

const anyGate = fc.record({
  gate: fc.constantFrom("compliance-threshold", "severity-threshold", "coverage-threshold"),
  wanted: anyNumber,
  actual: fc.option(anyNumber),
  outcome: fc.constantFrom("holds", "breached", "no-data"),
  message: anyText,
  causes: fc.constant([]),
});

const anyResource = fc.record(
  { apiVersion: anyText, kind: anyName, namespace: anyName, name: anyName, file: anyFile, line: anyNumber },
  { requiredKeys: ["apiVersion", "kind", "namespace", "name"] },
);

/** Results of every form that the schema allows, with hostile texts wherever input can put them; the counts in them are right. */
export const arbitraryResult: fc.Arbitrary<Result> = fc
  .tuple(
    fc.uniqueArray(fc.constantFrom("C-0001", "C-0002", "C-0057", "hostile\u001B[1m"), { maxLength: 4 }),
    fc.array(anyResource, { maxLength: 4 }),
    fc.array(fc.record({ id: anyText, reason: anyText, file: anyFile, line: anyNumber, accepts: fc.constant(1) }), { maxLength: 2 }),
  )
  .chain(([ids, resources, exceptions]) =>
    fc
      .record({
        controls: fc.tuple(...ids.map(anyControl)),
        findings:
          ids.length === 0 || resources.length === 0
            ? fc.constant([])
            : fc.array(anyFinding(ids, resources.length, exceptions.length), { maxLength: 12 }),
        problems: fc.array(anyProblem, { maxLength: 5 }),
        gates: fc.array(anyGate, { maxLength: 2 }),
        scores: fc.record({ compliance: anyScore, strictCompliance: anyScore, coverage: anyScore }),
        frameworks: fc.array(fc.record({ id: anyName, name: anyText, controls: fc.constant(ids), compliance: anyScore }), { maxLength: 2 }),
        roots: fc.array(anyText, { maxLength: 5 }),
      })
      .chain((parts) =>
        fc
          .option(anyAttack(parts.findings.length, resources.length, anyText), { nil: undefined })
          .map((attack) => buildResult({ ...parts, resources, exceptions, ...(attack === undefined ? {} : { attack }) })),
      ),
  );
