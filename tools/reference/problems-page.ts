import type { ProblemEntry } from "@holdfast/core";
import { EXCEPTION_PROBLEMS } from "@holdfast/judge/exceptions";
import { CLUSTER_PROBLEMS, EVALUATION_PROBLEMS, LOAD_PROBLEMS } from "@holdfast/posture";
import { FIX_PROBLEMS } from "../../apps/cli/fix/fix-problems.ts";
import { HISTORY_PROBLEMS } from "../../apps/cli/git/history-problems.ts";
import { OUTPUT_PROBLEMS } from "../../apps/cli/output-problems.ts";
import { catalogue, type CatalogueEntry } from "../../packages/rego/diagnostics/catalogue.ts";

const HEAD = `# Problems

<!-- Made by tools/generate-reference.ts from the catalogues of packages/posture, packages/judge, packages/rego and apps/cli. Change those, then run \`node tools/node24.cjs tools/generate-reference.ts\`. -->

What could not be done is a problem with a code, in every output. Its effect says what it means for the result:

- **lost**: something was not judged at all. Coverage falls.
- **partial**: something was judged, but not as a whole. It counts half.
- **degraded**: everything was judged, yet something beside it is missing. Coverage stays.
`;

const REGO_HEAD = `What can be wrong with the source of a rule. Holdfast's own rules have none of it; you see these when you write one. Each is shown with file, line, column and the lines
around it. The code in brackets is the family, in OPA's spelling.
`;

function problemLines([code, entry]: readonly [string, ProblemEntry]): readonly string[] {
  return [
    `### ${code}`,
    "",
    `**${entry.title}.** Effect: ${entry.effect}.`,
    "",
    entry.explanation,
    "",
    `*What to do:* ${entry.remedy}`,
    "",
  ];
}

function diagnosticLines([kind, entry]: readonly [string, CatalogueEntry]): readonly string[] {
  return [`### ${kind}`, "", `**${entry.title}** (\`${entry.code}\`).`, "", entry.explanation, "", `*What to do:* ${entry.remedy}`, ""];
}

/** The reference of problems, as Markdown: an entry for each code of each catalogue, in the catalogue's order. */
export function problemsPage(): string {
  const lines = [
    HEAD,
    "## Reading input",
    "",
    ...Object.entries<ProblemEntry>(LOAD_PROBLEMS).flatMap(problemLines),
    ...Object.entries<ProblemEntry>(CLUSTER_PROBLEMS).flatMap(problemLines),
    "## Evaluating rules",
    "",
    ...Object.entries<ProblemEntry>(EVALUATION_PROBLEMS).flatMap(problemLines),
    "## Applying exceptions",
    "",
    ...Object.entries<ProblemEntry>(EXCEPTION_PROBLEMS).flatMap(problemLines),
    "## Writing outputs",
    "",
    ...Object.entries<ProblemEntry>(HISTORY_PROBLEMS).flatMap(problemLines),
    ...Object.entries<ProblemEntry>(OUTPUT_PROBLEMS).flatMap(problemLines),
    "## Fixing files",
    "",
    ...Object.entries<ProblemEntry>(FIX_PROBLEMS).flatMap(problemLines),
    "## Rego sources",
    "",
    REGO_HEAD,
    ...Object.entries<CatalogueEntry>(catalogue).flatMap(diagnosticLines),
  ];
  return `${lines.join("\n").trimEnd()}\n`;
}
