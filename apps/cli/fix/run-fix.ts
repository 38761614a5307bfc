import { statSync } from "node:fs";
import path from "node:path";
import { load as readYaml } from "js-yaml";
import type { Finding, Result } from "@holdfast/core";
import { patchableOf, renderedSecrets } from "@holdfast/posture";
import { printable } from "@holdfast/report";
import { resultExitCode, worstExitCode, type ExitCode } from "@holdfast/judge";
import { whyUnread } from "../file-reason.ts";
import type { CommandContext } from "../commands/define.ts";
import { isGitUrl } from "../git/git-url.ts";
import { checkJudgingOptions, showOptionsWithoutEffect } from "../options-without-effect.ts";
import { UsageError } from "../usage-error.ts";
import { carriedOut } from "./carried-out.ts";
import { proposeChanges, writeChangedFiles } from "./carry-out.ts";
import { changedTexts } from "./changed-texts.ts";
import { Consent } from "./consent.ts";
import type { FixConfiguration } from "./fix-configuration.ts";
import type { FixReport } from "./fix-report.ts";
import { findTargets, type Targets } from "./find-targets.ts";
import { counted, fixText } from "./fix-text.ts";
import { matchFindings } from "./match-findings.ts";
import { openEstate, type Estate } from "./open-estate.ts";
import { combinePatches, patchPlaceOf, patchWishes, type PatchRights } from "./patch-wishes.ts";
import { mendedFile, planFixes, type EstateScan, type FixState } from "./plan-fixes.ts";
import type { StoredFindings } from "./stored/define.ts";
import { readStored } from "./stored/read-stored.ts";
import { proposeTemplates } from "./propose-templates.ts";
import { answerKey, decisions, isRendered, NO_ANSWERS, renderedWishes, writtenWishes, type Answers, type Decision } from "./wishes.ts";

/** Scans, fixes in memory, scans again, and then writes what held. Returns the exit code; throws `UsageError` before anything is changed. */
export async function runFix(given: FixConfiguration, context: CommandContext): Promise<ExitCode> {
  const { workingFolder } = context.environment;
  const isAttended = isAttendedTerminal(given, context);
  checkUsage(given, isAttended);
  checkJudgingOptions(given);
  for (const only of given.only) checkThere(only, workingFolder);
  const stored = await readStored(given.paths, workingFolder);
  const configuration = stored === null ? given : { ...given, paths: stored.paths };
  const estate = withinOnly(ofStored(await openEstate(configuration, context), stored), configuration.only, workingFolder);
  const first = await estate.scan(new Map());
  showOptionsWithoutEffect(configuration, first.result, context);
  const targets = await findTargets(first, configuration, stored === null ? given.paths : [], estate, context);
  const rights = rightsOf(targets, estate, configuration.only, workingFolder);
  const start: FixState = { texts: new Map(), scan: first, failed: new Map(), made: new Map(), created: new Map() };
  let end = await planAll(start, estate, rights, NO_ANSWERS);
  const consent = isAttended ? new Consent(context.stdin, context.stderr) : null;
  try {
    end = await decide(end, estate, rights, stored, consent);
    const changes = changedTexts(end, targets.files, renderedSecrets(first.resources));
    const gone = matchFindings(first.result, end.scan.result).gone.filter((finding) => estate.isAskedFor(first.result, finding));
    const counts = countByFile(first, gone, end);
    const carried = configuration.dryRun ? proposeChanges(changes) : await writeChangedFiles(changes, counts, consent);
    const proposals = await proposeTemplates(end, estate);
    const stale = stored?.stale(first.result, estate.known) ?? [];
    const report = carriedOut({
      start,
      end,
      changes,
      carried,
      counts,
      targets,
      estate,
      dryRun: configuration.dryRun,
      stale,
      proposals,
    });
    show(report, carried.patch, configuration, context);
    showLost(end.scan.result, context);
    return exitCode(report, end);
  } finally {
    consent?.close();
    estate.close();
  }
}

/** What may be changed, and what is patched instead. */
function rightsOf({ files, foreign }: Targets, { isAskedFor }: Estate, only: readonly string[], workingFolder: string): PatchRights {
  const isAllowed = (file: string): boolean => files.has(file) && isWithin(file, only, workingFolder);
  return { isAskedFor, isAllowed, isForeign: (base) => foreign.has(base), workingFolder };
}

/** Fixes in memory what can be fixed where it stands, and then by patches what stands elsewhere. */
async function planAll(start: FixState, estate: Estate, rights: PatchRights, answers: Answers): Promise<FixState> {
  const changed = await planFixes(
    start,
    (scan, failed) => [...writtenWishes(scan, rights, answers), ...renderedWishes(scan, rights, failed, answers)],
    estate.scan,
  );
  return planFixes(changed, (scan, failed) => patchWishes(scan, rights, failed, answers), estate.scan, combinePatches);
}

/** Whether somebody sits there who can be asked. */
function isAttendedTerminal({ dryRun, yes, json }: FixConfiguration, { stderr, stdin }: CommandContext): boolean {
  return !dryRun && !yes && !json && stderr.isTTY && stdin.isTTY;
}

function checkUsage({ paths, dryRun, yes }: FixConfiguration, isAttended: boolean): void {
  if (paths.length === 0) throw new UsageError("say what to fix: holdfast fix PATH …, or a stored result: holdfast fix RESULT.json");
  if (paths.includes("")) throw new UsageError("a path is empty: name a file or folder, or . for this one");
  if (paths.includes("-")) throw new UsageError("standard input can't be changed: name files or folders");
  const url = paths.find(isGitUrl);
  if (url !== undefined) throw new UsageError(`${url}: a repository elsewhere can't be changed: clone it, and name the folder`);
  if (!dryRun && !yes && !isAttended)
    throw new UsageError("there is no terminal to ask at: --yes changes files without asking, --dry-run prints the changes as a patch");
}

/** Nothing would be changed where there is nothing. Throws `UsageError`. */
function checkThere(only: string, workingFolder: string): void {
  try {
    statSync(path.resolve(workingFolder, only));
  } catch (error) {
    throw new UsageError(`--only ${only}: ${whyUnread(error)}\nNothing was changed. Correct the path.`, { cause: error });
  }
}

/** Whether a file, by its name in results, is one of these or lies in one of these folders; all do where none are named. */
function isWithin(file: string, only: readonly string[], workingFolder: string): boolean {
  const target = path.resolve(workingFolder, file);
  return (
    only.length === 0 ||
    only.some((each) => {
      const relative = path.relative(path.resolve(workingFolder, each), target);
      return relative !== ".." && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
    })
  );
}

/** An estate of which only what can be mended in these files and folders was asked for; all of it where none are named. */
function withinOnly(estate: Estate, only: readonly string[], workingFolder: string): Estate {
  if (only.length === 0) return estate;
  const scans = new WeakMap<Result, EstateScan>();
  return {
    ...estate,
    scan: async (texts) => {
      const scan = await estate.scan(texts);
      scans.set(scan.result, scan);
      return scan;
    },
    isAskedFor: (result, finding) => {
      if (!estate.isAskedFor(result, finding)) return false;
      // The file that would change: of a chart that may be its values, of an overlay its patch.
      const file = finding.edit?.file ?? finding.source?.file ?? result.resources[finding.resource]?.file;
      const object = scans.get(result)?.resources[finding.resource];
      const places = isRendered(object) ? (patchableOf(object)?.places ?? []) : [];
      const files = [...(file === undefined ? [] : [file]), ...places.map(({ kustomization }) => kustomization.text.file)];
      return files.some((one) => isWithin(one, only, workingFolder));
    },
  };
}

/** An estate of which only what a stored result found was asked for. */
function ofStored(estate: Estate, stored: StoredFindings | null): Estate {
  if (stored === null) return estate;
  return { ...estate, isAskedFor: (result, finding) => stored.has(result, finding) && estate.isAskedFor(result, finding) };
}

/** Fixes what a person must choose: by the values of a stored result, and by what whoever can be asked answers. */
async function decide(
  state: FixState,
  estate: Estate,
  rights: PatchRights,
  stored: StoredFindings | null,
  consent: Consent | null,
): Promise<FixState> {
  const answers = new Map<string, unknown>();
  for (const decision of decisions(state.scan, rights, (resource) => patchPlaceOf(resource, rights) !== undefined)) {
    const { path: field, resource, findings } = decision;
    const finding = findings[0];
    if (finding === undefined) continue;
    const known = findings.map((one) => stored?.valueFor(state.scan.result, one, field)).find((value) => value !== undefined);
    const value = known ?? (consent === null ? null : await asked(decision, finding, consent));
    if (value !== null) for (const one of findings) answers.set(answerKey(resource, one, field), value);
  }
  return answers.size === 0 ? state : planAll(state, estate, rights, answers);
}

/** What a person answers; null where the question is left open. */
async function asked({ question, path: field, value, resource }: Decision, finding: Finding, consent: Consent): Promise<unknown> {
  const example = value === undefined ? "" : `, for example ${JSON.stringify(value)}`;
  const { file, line } = finding.source ?? resource;
  const place = `${file}:${line} ${resource.kind}/${resource.name}`;
  const said = await consent.decide([`${place}: ${question}`, `${field}${example}`]);
  return said === null ? null : valueOf(said);
}

/** What a person typed, read as a value of YAML: `true`, `1000`, `[ALL]`. */
function valueOf(said: string): unknown {
  try {
    return readYaml(said);
  } catch {
    return said;
  }
}

function countByFile({ resources }: EstateScan, gone: readonly Finding[], end: FixState): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const finding of gone) {
    const object = resources[finding.resource] ?? { file: null };
    const file = mendedFile(end, object, finding);
    counts.set(file, (counts.get(file) ?? 0) + 1);
  }
  return counts;
}

function show(report: FixReport, patch: string, { json, dryRun }: FixConfiguration, { stdout, stderr }: CommandContext): void {
  if (json) {
    stdout.write(`${JSON.stringify(report, null, 2)}\n`);
    return;
  }
  if (dryRun) stdout.write(stdout.isTTY ? report.files.map(({ diff }) => diff).join("") : patch);
  (dryRun ? stderr : stdout).write(fixText(report));
}

/** So many problems are named one by one. */
const MOST_NAMED = 5;

/** Says what was not looked at, and so may need a fix that nobody knows of. */
function showLost({ problems }: Result, { stderr }: CommandContext): void {
  // What could not be evaluated concerns controls that were not asked for, too; those that were have verdicts that say so.
  const lost = problems.filter(({ effect, stage }) => effect !== "degraded" && stage === "load");
  if (lost.length === 0) return;
  const named = lost.slice(0, MOST_NAMED).map(({ subject, cause, code }) => `  ${printable(`${subject}: ${cause}`)} (${code})\n`);
  const rest = lost.length > MOST_NAMED ? `  and ${lost.length - MOST_NAMED} more; holdfast scan names them all\n` : "";
  stderr.write(`holdfast: ${counted(lost.length, "problem")} took from what was judged, where nothing is fixed:\n${named.join("")}${rest}`);
}

/** 0 where all that could be fixed is fixed; 1 where something that has a fix was left; 3 and 4 as everywhere. */
function exitCode({ files, findings }: FixReport, end: FixState): ExitCode {
  const codes = [...files, ...findings].map(({ code }) => code);
  const isLeft = findings.some(({ outcome, code }) => outcome === "not-fixed" && code !== "fix-no-edit" && code !== "fix-declined");
  return worstExitCode([resultExitCode({ ...end.scan.result, gates: [] }), codes.includes("fix-not-written") ? 4 : 0, isLeft ? 1 : 0]);
}
