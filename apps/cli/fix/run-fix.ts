import path from "node:path";
import { load as readYaml } from "js-yaml";
import type { Finding } from "@holdfast/core";
import { renderedSecrets } from "@holdfast/posture";
import { resultExitCode, worstExitCode, type ExitCode } from "@holdfast/judge";
import type { CommandContext } from "../commands/define.ts";
import { isGitUrl } from "../git/git-url.ts";
import { renderingPorts } from "../rendering/rendering-ports.ts";
import { UsageError } from "../usage-error.ts";
import { carriedOut } from "./carried-out.ts";
import { proposeChanges, writeChangedFiles } from "./carry-out.ts";
import { changedTexts } from "./changed-texts.ts";
import { Consent } from "./consent.ts";
import type { FixConfiguration } from "./fix-configuration.ts";
import type { Cause, FixReport } from "./fix-report.ts";
import { fixText } from "./fix-text.ts";
import { matchFindings } from "./match-findings.ts";
import { openEstate, type Estate } from "./open-estate.ts";
import { mendedFile, planFixes, type EstateScan, type FixState, type Wish } from "./plan-fixes.ts";
import type { StoredFindings } from "./stored/define.ts";
import { readStored } from "./stored/read-stored.ts";
import { proposeTemplates } from "./propose-templates.ts";
import { changeableFolders, targetFile, type TargetFile } from "./target-file.ts";
import { uncommitted } from "./uncommitted.ts";
import { answerKey, answeredWishes, decisions, machineWishes, renderedFiles, renderedWishes, type Decision } from "./wishes.ts";

/** Files that may be changed, and why others may not. */
interface Targets {
  readonly files: ReadonlyMap<string, TargetFile>;
  readonly refused: ReadonlyMap<string, Cause>;
}

/** Scans, fixes in memory, scans again, and then writes what held. Returns the exit code; throws `UsageError` before anything is changed. */
export async function runFix(given: FixConfiguration, context: CommandContext): Promise<ExitCode> {
  const { workingFolder } = context.environment;
  const isAttended = isAttendedTerminal(given, context);
  checkUsage(given, isAttended);
  const stored = await readStored(given.paths, workingFolder);
  const configuration = stored === null ? given : { ...given, paths: stored.paths };
  const estate = withinOnly(ofStored(await openEstate(configuration, context), stored), configuration.only, workingFolder);
  const first = await estate.scan(new Map());
  const targets = await targetsOf(first, configuration, stored === null ? given.paths : [], estate, context);
  const isAllowed = ({ resource: { file } }: Pick<Wish, "resource">): boolean => targets.files.has(file);
  const start: FixState = { texts: new Map(), scan: first, failed: new Map(), made: new Map() };
  const wishesOf = (scan: EstateScan, failed: ReadonlyMap<string, string>): readonly Wish[] =>
    [...machineWishes(scan, estate.isAskedFor), ...renderedWishes(scan, estate.isAskedFor, failed)].filter(isAllowed);
  let end = await planFixes(start, wishesOf, estate.scan);
  const consent = isAttended ? new Consent(context.stdin, context.stderr) : null;
  try {
    end = await decide(end, estate, isAllowed, stored, consent);
    const changes = changedTexts(end.texts, targets.files, renderedSecrets(first.resources));
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
      refused: targets.refused,
      estate,
      dryRun: configuration.dryRun,
      stale,
      proposals,
    });
    show(report, carried.patch, configuration, context);
    return exitCode(report, end);
  } finally {
    consent?.close();
    estate.close();
  }
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

/** Looks at all files that fixes would change. `named` are the folders and files that the user named: what a stored result names is no leave to change it. */
async function targetsOf(
  scan: EstateScan,
  configuration: FixConfiguration,
  named: readonly string[],
  estate: Estate,
  context: CommandContext,
): Promise<Targets> {
  const { workingFolder, variables } = context.environment;
  const files = new Map<string, TargetFile>();
  const refused = new Map<string, Cause>();
  const folders = changeableFolders(workingFolder, named);
  const sources = renderedFiles(scan, estate.isAskedFor);
  for (const file of new Set([...scan.resources.flatMap(({ file }) => file ?? []), ...sources])) {
    const target = targetFile(file, workingFolder, folders);
    if ("real" in target) files.set(file, target);
    else refused.set(file, target);
  }
  if (configuration.dryRun || configuration.allowDirty) return { files, refused };
  const wanted = new Set<string | null | undefined>([
    ...sources,
    ...scan.result.findings
      .filter((finding) => estate.isAskedFor(scan.result, finding))
      .map(({ resource }) => scan.resources[resource]?.file),
  ]);
  const kept = [...files.values()].flatMap(({ file, real, workTree }) =>
    workTree === null || !wanted.has(file) ? [] : [{ real, workTree }],
  );
  if (kept.length === 0) return { files, refused };
  const { ports, close } = renderingPorts({ ...configuration.rendering, overlays: configuration.overlays }, false, context.environment);
  try {
    const dirty = await uncommitted(kept, ports.tools, variables["HOME"]);
    for (const { file, real } of files.values()) {
      const cause = dirty.get(real);
      if (cause === undefined) continue;
      files.delete(file);
      refused.set(file, { code: "fix-uncommitted", cause });
    }
  } finally {
    close();
  }
  return { files, refused };
}

/** An estate of which only what these files and folders hold was asked for; all of it where none are named. */
function withinOnly(estate: Estate, only: readonly string[], workingFolder: string): Estate {
  if (only.length === 0) return estate;
  const isWithin = (file: string): boolean => {
    const target = path.resolve(workingFolder, file);
    return only.some((each) => {
      const relative = path.relative(path.resolve(workingFolder, each), target);
      return relative !== ".." && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
    });
  };
  return {
    ...estate,
    isAskedFor: (result, finding) => {
      // The file that would change: of a chart that may be its values.
      const file = finding.edit?.file ?? finding.source?.file ?? result.resources[finding.resource]?.file;
      return file !== undefined && isWithin(file) && estate.isAskedFor(result, finding);
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
  isAllowed: (wish: Pick<Wish, "resource">) => boolean,
  stored: StoredFindings | null,
  consent: Consent | null,
): Promise<FixState> {
  const answers = new Map<string, unknown>();
  for (const decision of decisions(state.scan, estate.isAskedFor)) {
    const { path: field, resource, findings } = decision;
    const finding = findings[0];
    if (finding === undefined || !isAllowed({ resource })) continue;
    const known = findings.map((one) => stored?.valueFor(state.scan.result, one, field)).find((value) => value !== undefined);
    const value = known ?? (consent === null ? null : await asked(decision, finding, consent));
    if (value !== null) for (const one of findings) answers.set(answerKey(resource, one, field), value);
  }
  if (answers.size === 0) return state;
  return planFixes(state, (scan) => answeredWishes(scan, estate.isAskedFor, answers).filter(isAllowed), estate.scan);
}

/** What a person answers; null where the question is left open. */
async function asked({ question, path: field, value, resource }: Decision, finding: Finding, consent: Consent): Promise<unknown> {
  const example = value === undefined ? "" : `, for example ${JSON.stringify(value)}`;
  const place = `${resource.file}:${finding.source?.line ?? resource.line} ${resource.kind}/${resource.name}`;
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

/** 0 where all that could be fixed is fixed; 1 where something that has a fix was left; 3 and 4 as everywhere. */
function exitCode({ files, findings }: FixReport, end: FixState): ExitCode {
  const codes = [...files, ...findings].map(({ code }) => code);
  const isLeft = findings.some(({ outcome, code }) => outcome === "not-fixed" && code !== "fix-no-edit" && code !== "fix-declined");
  return worstExitCode([resultExitCode({ ...end.scan.result, gates: [] }), codes.includes("fix-not-written") ? 4 : 0, isLeft ? 1 : 0]);
}
