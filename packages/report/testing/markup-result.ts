// A result in which every text tries to be part of the page: markup, ends of elements, comments, attributes.
import type { Result } from "@holdfast/core";
import { buildResult, resourceAt } from "./build-result.ts";

/** What runs where a text is taken for markup: each calls `hacked`, which a test watches. */
const MARKUP = `</script></style></template><img src=x onerror="hacked()"><svg onload=hacked()><!--<script>hacked()</script>`;
const ATTRIBUTE = `" onfocus="hacked()" autofocus='hacked()' x="`;

/** Names and texts that a browser would obey, if they were written as they are. */
export const markupResult: Result = buildResult({
  roots: [MARKUP, ATTRIBUTE],
  time: "2026-01-01T00:00:00Z",
  scores: { compliance: 50, strictCompliance: 40, coverage: 50, reach: { answerable: 1, total: 2 } },
  frameworks: [
    {
      id: ATTRIBUTE,
      name: MARKUP,
      description: MARKUP,
      controls: ["C-0057", ATTRIBUTE],
      sections: [{ id: ATTRIBUTE, title: MARKUP, controls: [ATTRIBUTE], notShown: MARKUP }],
    },
  ],
  controls: [
    {
      id: "C-0057",
      name: MARKUP,
      score: 8,
      help: {
        description: `${MARKUP} \`${MARKUP}\` **${MARKUP}** [${MARKUP}](javascript:hacked())`,
        why: `- ${MARKUP}\n- ${ATTRIBUTE}`,
        fix: `\`\`\`\n${MARKUP}\n\`\`\``,
        limits: "[click](https://evil.example/)",
      },
    },
    {
      id: ATTRIBUTE,
      name: ATTRIBUTE,
      score: null,
      status: "skipped",
      skips: [{ reason: "needs-input", input: MARKUP, providedBy: ATTRIBUTE }],
    },
  ],
  resources: [
    resourceAt(MARKUP, `${ATTRIBUTE}/${MARKUP}`, `${MARKUP}.yaml`, 1),
    resourceAt("Pod", `shop/\u202Elive\u202C\u2028${MARKUP}`, ATTRIBUTE, 3),
  ],
  findings: [
    {
      control: "C-0057",
      resource: 0,
      message: MARKUP,
      rule: ATTRIBUTE,
      evidence: [{ path: MARKUP, value: MARKUP }],
      paths: [{ path: ATTRIBUTE, kind: "failed", file: MARKUP, line: 1, column: 1 }],
      fixes: [{ kind: "set", path: MARKUP, value: MARKUP }],
      source: {
        file: MARKUP,
        line: 1,
        column: 3,
        endLine: 1,
        endColumn: 12,
        exact: true,
        excerpt: { line: 1, text: `${MARKUP}\n\u2028\u2029${ATTRIBUTE}` },
      },
      edit: { file: MARKUP, replacements: [], diff: `@@ -1,1 +1,1 @@\n-${MARKUP}\n+${ATTRIBUTE}` },
    },
    {
      control: "C-0057",
      resource: 1,
      status: "accepted",
      acceptedBy: 0,
      message: ATTRIBUTE,
      related: [0],
      fixes: [{ kind: "none", reason: MARKUP }],
      noEdit: MARKUP,
    },
  ],
  exceptions: [{ id: MARKUP, reason: MARKUP, file: ATTRIBUTE, line: 1, expires: ATTRIBUTE, accepts: 1 }],
  gates: [{ gate: "compliance-threshold", wanted: 80, actual: 50, outcome: "breached", message: MARKUP, causes: [] }],
  problems: [
    { code: "yaml-syntax", stage: "load", subject: MARKUP, effect: "lost", cause: ATTRIBUTE, remedy: MARKUP, file: MARKUP, line: 1 },
  ],
});
