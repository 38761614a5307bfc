import type { Result } from "@holdfast/core";
import { buildResult, resourceAt } from "./build-result.ts";

/** Names and texts that try to be obeyed: by a terminal, a build log, a reader of Markdown. */
export const hostile: Result = buildResult({
  roots: ["\u001B[2J", "-"],
  scores: { compliance: 50, strictCompliance: 50, coverage: 99.99, reach: { answerable: 1, total: 1 } },
  controls: [{ id: "C-0057", name: "Privileged\u001B]0;title\u0007 container\n::error::x", score: null }],
  resources: [
    resourceAt("Deployment", "shop/\u001B[31mred\u001B[0m\r\n##vso[task.setvariable]x", "a b/100 %/日本語#1.yaml", 1),
    { ...resourceAt("Pod", "x/\u202Elive\u202C"), file: "-", line: 3 },
  ],
  findings: [
    {
      control: "C-0057",
      resource: 0,
      message: "::set-output name=x::[click](https://evil.example) {0} \uD800 \u009B31m 設定が特権モードになっています",
      fixes: [{ kind: "none", reason: "line\nbreak\u0000" }],
      source: {
        file: "a b/100 %/日本語#1.yaml",
        line: 2,
        column: 7,
        endLine: 2,
        endColumn: 11,
        exact: true,
        excerpt: { line: 1, text: "\tname: 設定\n\t日本語: true\u001B[2J # ##[group]x" },
      },
    },
    { control: "C-0057", resource: 1, message: "", fixes: [{ kind: "set", path: "spec.a\u001B", value: "\u001B[1m" }] },
  ],
  problems: [
    {
      code: "yaml-syntax",
      stage: "load",
      subject: "::warning::\u001B[31m.yaml",
      effect: "lost",
      cause: "bad\r\n::error::cause",
      remedy: "\u001B[1mMend it.",
      file: "::warning::\u001B[31m.yaml",
      line: 1,
    },
  ],
});
