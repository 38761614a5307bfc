import { compareSeverity, type Result } from "@holdfast/core";
import { MANY_CONTROLS } from "./failure-lines.ts";
import { prose, type Sheet } from "./sheet.ts";

/** How to have a page that can be read as a whole, where this one holds every control of the library. */
function shorterPage({ frameworks, controls }: Result): string {
  const failed = controls.filter(({ findings }) => findings > 0).length;
  return frameworks.length > 0 || failed <= MANY_CONTROLS
    ? ""
    : " For a shorter page choose a framework: `holdfast list frameworks`, then --framework.";
}

const MEND_LOSSES = "Next: mend what was lost, as the problems above say, and scan again.";

function nextStep({ summary, controls, inputs, problems }: Result, verbose: boolean): string | null {
  if (summary.coverage === null && inputs.cluster !== undefined) {
    return inputs.cluster.account.lost > 0
      ? "Next: give the account the rights that it lacks; `holdfast scan --preflight` with the same options prints the role."
      : "Next: choose other namespaces, kinds or labels, or other controls: nothing that these judge was found.";
  }
  const isLossy = problems.some(({ effect }) => effect === "lost");
  if (summary.coverage === null) {
    if (isLossy && inputs.account.resources === 0) return MEND_LOSSES;
    return inputs.account.resources === 0
      ? "Next: name files or folders that hold Kubernetes objects."
      : "Next: provide what the controls need, or choose others: `holdfast list controls` shows which ones files can answer.";
  }
  const [worst] = controls
    .filter(({ findings }) => findings > 0)
    .toSorted((a, b) => compareSeverity(a.severity, b.severity) || (b.score ?? 0) - (a.score ?? 0) || b.findings - a.findings);
  // A rule of the user's own is known only where it is named.
  if (worst?.tags.includes("custom") === true)
    return `Next: \`holdfast explain ${worst.id} --custom-rules PATH\`, with the path of this scan, says what the rule means.`;
  if (worst !== undefined) return `Next: \`holdfast explain ${worst.id}\` says why it matters and how to mend it.`;
  if (isLossy) return MEND_LOSSES;
  return verbose ? null : "`--verbose` shows what passed.";
}

/** One sentence on what to do now. */
export function nextLines(sheet: Sheet): readonly string[] {
  const step = nextStep(sheet.result, sheet.verbose);
  return step === null ? [] : prose(sheet, step + shorterPage(sheet.result), 0, 2, "dim");
}
