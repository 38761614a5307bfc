import { formats } from "@holdfast/report";

const HEAD = `# Output formats

<!-- Made by tools/generate-reference.ts from packages/report/formats/list.ts and the notes in tools/reference/formats-page.ts. Change those, then run \`node tools/node24.cjs tools/generate-reference.ts\`. -->

All formats are views of one result and say the same: as many findings, as many accepted, the same scores, or that there is no data. A format computes nothing, with one exception:
\`kubescape-json\` has Kubescape's own compliance beside Holdfast's. \`holdfast report RESULT.json --format NAME\` writes byte for byte what the scan would have written.

\`--format\` takes several names with commas between them. One goes to standard output or to exactly the file of \`--output\`; of several, each goes to the stem of \`--output\` with its own
ending, and those without an ending to standard output. One that can't be written is a [problem](problems.md#output-not-written) and exit code 4; the others are written.
`;

/** What a reader of each format must know. */
const NOTES: Readonly<Record<string, string>> = {
  pretty: `\`--view control\` (the default) shows what failed by control, with code and fixes; \`security\` is a short overview by topic and severity, with the worst controls and the workloads to
begin with; \`resource\` shows what to change in each object, \`namespace\` how much there is in each namespace, \`attack\` [what to fix first](../how-to/fix-first.md). \`--verbose\` shows
everything, \`--quiet\` only what calls for action.`,
  json: `The result itself, in the form of its [schema](../../packages/core/result.schema.json): [read it in a script](../how-to/read-a-result.md). Each element of a list stands on a line of its own.`,
  yaml: `What \`json\` says, in YAML that readers of versions 1.1 and 1.2 understand alike.`,
  "kubescape-json": `The keys of Kubescape's JSON v2, with its identifiers, statuses and sub-statuses. Values of fixes are texts, \`YOUR_VALUE\` where a person must decide, and \`fixPath\` is always there.
\`complianceScore\` is computed by Kubescape's own formula, as a figure to compare with; \`score\` (risk) gives each resource the weight 1, since a result knows no replicas. What a result does not hold
is not made up: \`object\` has what names a resource and no more, commits and charts are empty, a time that was not given is Go's zero time. What nothing was there to judge for is \`passed\` with
the sub-status \`irrelevant\`, as there. Holdfast's own figures stand under the key \`holdfast\`.`,
  sarif: `SARIF 2.1.0; URIs are relative to the root of the repository. Accepted findings are \`suppressions\`, with the reason; what was lost is a notification. See
[code scanning](../how-to/code-scanning.md).`,
  html: `One self-contained page with search and filters, without any network.`,
  pdf: `A document for auditors. Findings are capped, with the count of the rest.`,
  "gitlab-sast": `GitLab's security report, version 15.1.4, with open findings as vulnerabilities. GitLab follows them by their fingerprints. Accepted findings are left out and counted in
\`scan.messages\`, where scores and losses stand too. The form asks for a time: without \`SOURCE_DATE_EPOCH\` it is 1970-01-01. See [merge requests in GitLab](../how-to/gitlab.md).`,
  github: `Annotations at the lines to edit, at most ten of each level, which is what GitHub shows for a step, with the count of the rest. Where GitHub provides a summary page
(\`GITHUB_STEP_SUMMARY\`), the format \`markdown\` is added to it. See [comments and annotations](../how-to/pull-request-comment.md).`,
  markdown: `At most 65,536 characters, which is what a comment on GitHub holds; findings that do not fit are counted. Names of the input are never links, mentions, HTML or commands.`,
  junit: `A suite for each control and a test for each resource that it judges, valid by the schema of Jenkins's xUnit plugin. Accepted findings and what was not judged are skipped tests with the
reason; what was lost and gates that do not hold are tests of their own. Figures stand in the properties of the first suite. See [test reports](../how-to/test-reports.md).`,
  csv: `RFC 4180. The first column says what a row is about: \`scan\`, \`framework\`, \`problem\`, \`control\` or \`finding\`. A text that a spreadsheet would run as a formula begins with an apostrophe.`,
  prometheus: `Gauges in the text format 0.0.4; their [names and labels](metrics.md). No series grows with the estate. A score without data is absent, and \`holdfast_has_data\` is 0. See
[metrics and alerts](../how-to/metrics-and-alerts.md).`,
  policyreport: `One report for each namespace and one for the cluster, as YAML. Findings are \`fail\`, accepted ones \`skip\` with the exception and its reason; of what passed, one item tells of many
resources. A report that would be too large for a cluster goes on in \`holdfast-2\` and so on. See [reports in the cluster](../how-to/policy-reports.md).`,
};

/** The reference of output formats, as Markdown. */
export function formatsPage(): string {
  const rows = formats.map(
    ({ id, title, extension }) => `| [\`${id}\`](#${id}) | ${extension === null ? "" : `\`${extension}\``} | ${title} |`,
  );
  const sections = formats.map(({ id }) => {
    const notes = NOTES[id];
    if (notes === undefined) throw new Error(`tools/reference/formats-page.ts has no notes on ${id}`);
    return `## ${id}\n\n${notes}`;
  });
  return `${HEAD}\n| format | ending | what it is |\n|---|---|---|\n${rows.join("\n")}\n\n${sections.join("\n\n")}\n`;
}
