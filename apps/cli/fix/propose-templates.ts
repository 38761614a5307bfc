import type { Finding } from "@holdfast/core";
import { applyEdits, joinEdits, renderedSecrets, shownLines, templateProposals, type TemplateProposal } from "@holdfast/posture";
import { matchFindings } from "./match-findings.ts";
import type { Estate } from "./open-estate.ts";
import { findingKey, type FixState } from "./plan-fixes.ts";
import { shownDiff } from "./unified-patch.ts";
import { isRendered } from "./wishes.ts";

/** Where a proposal can't be tried together with all others, so many are tried by themselves. */
const MOST_ALONE = 5;

/**
 * Changes of templates that take findings away, by the keys of findings, each as a diff with secrets masked. They are tried as everything else is, in a copy that is
 * rendered again, but never written: a template says more than one rendering shows.
 */
export async function proposeTemplates(end: FixState, estate: Estate): Promise<ReadonlyMap<string, string>> {
  const { result, resources } = end.scan;
  const left = result.findings.flatMap((finding) => {
    const resource = resources[finding.resource];
    const fixes = finding.fixes.filter(({ kind }) => kind === "set" || kind === "remove");
    return fixes.length > 0 && isRendered(resource) && estate.isAskedFor(result, finding) ? [{ finding, resource, fixes }] : [];
  });
  const proposals = templateProposals(left);
  if (proposals.length === 0) return new Map();
  const together = await tried(proposals, end, estate);
  const held = together === null ? [] : proposals.map((proposal) => ({ proposal, gone: together }));
  if (together === null)
    for (const proposal of proposals.slice(0, MOST_ALONE)) {
      const gone = await tried([proposal], end, estate);
      if (gone !== null) held.push({ proposal, gone });
    }
  const secrets = renderedSecrets(resources);
  const diffs = new Map<string, string>();
  for (const { proposal, gone } of held)
    for (const at of proposal.wishes) {
      const wish = left[at];
      if (wish === undefined || !gone.has(wish.finding)) continue;
      const key = findingKey(wish.resource, wish.finding);
      diffs.set(key, (diffs.get(key) ?? "") + diffOf(proposal, secrets));
    }
  return diffs;
}

/** The findings that go with these changes; null where they can't be made together, or do harm. */
async function tried(proposals: readonly TemplateProposal[], end: FixState, estate: Estate): Promise<ReadonlySet<Finding> | null> {
  const texts = new Map(end.texts);
  for (const [file, own] of Map.groupBy(proposals, ({ text }) => text.file)) {
    const edits = joinEdits(own.map(({ edit }) => edit));
    const [first] = own;
    if (edits === null || first === undefined) return null;
    texts.set(file, applyEdits(first.text.text, edits));
  }
  const next = await estate.scan(texts);
  const { gone, added } = matchFindings(end.scan.result, next.result);
  if (added.length > 0 || next.resources.length !== end.scan.resources.length) return null;
  return next.result.problems.length > end.scan.result.problems.length ? null : new Set(gone);
}

function diffOf({ text, edit }: TemplateProposal, secrets: readonly string[]): string {
  const after = applyEdits(text.text, [edit]);
  return shownDiff({
    file: text.file,
    before: text.text,
    after,
    shownBefore: shownLines(text.text, secrets),
    shownAfter: shownLines(after, secrets),
  });
}
