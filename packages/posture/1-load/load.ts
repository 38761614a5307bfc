import path from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { makeProblem } from "@holdfast/core";
import type { InputAccount, InputFile, Inputs, NotExpanded, Problem, RenderedRoot, Renderer } from "@holdfast/core";
import { withArchives } from "./archives/with-archives.ts";
import { discover } from "./discover.ts";
import { systemCode, systemReason } from "./file-system.ts";
import type { FileSystem } from "./file-system.ts";
import { LOAD_PROBLEMS } from "./load-problems.ts";
import type { DocumentOutcome, InputEntry, LoadedResource, Loader, LoaderAccess, RootOutcome } from "./loaders/define.ts";
import { LOADERS } from "./loaders/list.ts";
import { planJobs } from "./plan-jobs.ts";
import type { Job } from "./plan-jobs.ts";
import { NO_RENDERING_OPTIONS } from "./rendering-options.ts";
import { NO_SCRATCH, NO_TOOLS } from "./tool-runner.ts";

export interface LoadOptions {
  /** Files and folders as the user wrote them; `-` is standard input. */
  readonly paths: readonly string[];
  /** The absolute path of the folder that they are relative to; files are named relative to it. */
  readonly cwd: string;
  readonly files: FileSystem;
  /** How inputs are rendered; without it what needs a tool is a problem. */
  readonly rendering?: RenderingPorts;
  /** Whether to name what no loader reads. */
  readonly nameSkipped?: boolean;
  /** Whether files are read as they stand: charts and overlays are no roots then, and their manifests are files like others. */
  readonly asTheyStand?: boolean;
  /** Called after each file with how many are done and how many there are. */
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

/** What rendering needs of the world, and what the user says about it. */
export type RenderingPorts = Pick<LoaderAccess, "tools" | "scratch" | "network"> & { readonly options: LoaderAccess["rendering"] };

/** What came out of the inputs: every document that was claimed is a resource, no Kubernetes object, or a problem. */
export interface LoadResult {
  /** By file, then by place in it. */
  readonly resources: readonly LoadedResource[];
  readonly inputs: Inputs;
  readonly problems: readonly Problem[];
  /** Files in the scanned folders that no loader claims. */
  readonly other: number;
  /** Paths that the user named, among inputs and in options, and that can't be read or used, as results call them; each has a problem too. */
  readonly unreadablePaths: readonly string[];
  /** Files that hold exceptions of Kubescape's form, which apply only where they are passed as such. */
  readonly exceptionFiles: readonly string[];
}

/** How many files are open at the same time. */
const CONCURRENCY = 16;
/** Kinds of objects that may deploy something else. */
const DEPLOYING_KINDS: ReadonlySet<string> = new Set(["Kustomization", "HelmRelease", "Application", "ApplicationSet"]);
/** After how many files signals, timers and whoever shows progress get their turn. */
const FILES_PER_TURN = 64;

/**
 * Loads all inputs. Never rejects over what an input holds; rejects with the signal's reason when it is aborted.
 */
export async function load(given: LoadOptions, loaders: readonly Loader[] = LOADERS): Promise<LoadResult> {
  const options = { ...given, files: withArchives(given.files) };
  const used = options.asTheyStand === true ? loaders.filter((loader) => "load" in loader) : loaders;
  const loaderOf = (entry: InputEntry): Loader | undefined => used.find((loader) => loader.claims(entry));
  const discovery = await discover({
    ...options,
    claims: (entry) => loaderOf(entry) !== undefined,
    leaves: (folder, name) => {
      const loader = loaderOf(folder);
      return loader !== undefined && "leaves" in loader && loader.leaves(folder, name);
    },
  });
  const access = { ...accessOf(options), roots: await realPaths(options) };
  const unusable = await unusableOptions(access);
  // With an option that can't be used everything would be rendered otherwise than it was asked for: nothing is.
  const jobs = unusable.length > 0 ? [] : await planJobs(discovery.entries, loaderOf, access);
  const outcomes = await expanded(await loadAll(jobs, access, options), access, options);
  const resources: LoadedResource[] = [];
  const problems = [...discovery.problems, ...unusable];
  const files: InputFile[] = [];
  const rendered: RenderedRoot[] = [];
  const notExpanded: NotExpanded[] = [];
  let partial = 0;
  for (const { entry, loader, outcome } of outcomes) {
    const account = accountOf(entry.file, loader.id, outcome.documents);
    files.push(account);
    const before = problems.length;
    for (const document of outcome.documents) {
      if (document.kind === "produced") {
        for (const resource of document.resources) resources.push(resource);
        // One document may have more problems than a call can have arguments.
        for (const problem of document.problems) problems.push(problem);
        if (document.problems.length > 0) partial += 1;
      } else if (document.kind === "lost") {
        problems.push(document.problem);
      }
    }
    if (outcome.rendered !== undefined)
      rendered.push({ ...outcome.rendered, resources: account.resources, problems: problems.length - before });
    if (outcome.notExpanded !== undefined) notExpanded.push(...outcome.notExpanded);
  }
  // What was lost before a loader could have it: a path, a folder or a link, each with its problem and counted as one document.
  for (const problem of discovery.problems)
    files.push({ file: problem.subject, loader: "none", documents: 1, resources: 0, notKubernetes: 0, lost: 1 });
  files.sort((a, b) => (a.file < b.file ? -1 : Number(a.file > b.file)));
  const unreadable = outcomes
    .filter(({ entry, outcome }) => entry.kind === "file" && entry.named && isUnreadable(outcome.documents))
    .map(({ entry }) => entry.file);
  const refused = outcomes.flatMap(({ outcome }) => outcome.refused ?? []);
  return {
    resources,
    inputs: {
      roots: [...new Set(options.paths)].sort(),
      kind: "files",
      files,
      account: sum(files, discovery.ignored, partial),
      ...(rendered.length === 0 ? {} : { renderers: await renderersOf(access), rendered: rendered.sort(byFileAndName) }),
      ...(notExpanded.length === 0 ? {} : { notExpanded: notExpanded.sort(byFileAndName) }),
      ...(options.nameSkipped === true ? { skipped: discovery.skipped } : {}),
    },
    problems: problems.sort(byPlace),
    other: discovery.other,
    unreadablePaths: [...new Set([...discovery.unreadablePaths, ...unusable.map(({ subject }) => subject), ...unreadable, ...refused])],
    exceptionFiles: outcomes.flatMap(({ entry, outcome }) => (outcome.documents.some(holdsExceptions) ? [entry.file] : [])).sort(),
  };
}

/** What options name and can't be used. */
async function unusableOptions(access: LoaderAccess): Promise<readonly Problem[]> {
  const { values, setFile, chartCache } = access.rendering;
  if (values.length === 0 && setFile.length === 0 && chartCache === undefined) return [];
  const { unusableGivenFiles } = await import("./given-files.ts");
  return unusableGivenFiles(access);
}

function holdsExceptions(document: DocumentOutcome): boolean {
  return document.kind === "not-kubernetes" && document.exceptions === true;
}

/** What was loaded, with what Flux and Argo CD objects in it deploy from the same tree. The code for that is loaded where there are such objects. */
async function expanded(
  loaded: readonly Loaded[],
  access: LoaderAccess,
  { rendering, asTheyStand }: LoadOptions,
): Promise<readonly Loaded[]> {
  if (rendering === undefined || asTheyStand === true) return loaded;
  const some = loaded.some(({ outcome }) =>
    outcome.documents.some((document) => document.kind === "produced" && document.resources.some(({ kind }) => DEPLOYING_KINDS.has(kind))),
  );
  if (!some) return loaded;
  const { expandGitops } = await import("./gitops/expand-gitops.ts");
  return expandGitops(loaded, access);
}

function accessOf({ files, cwd, rendering }: LoadOptions): LoaderAccess {
  return {
    files,
    cwd,
    tools: rendering?.tools ?? NO_TOOLS,
    scratch: rendering?.scratch ?? NO_SCRATCH,
    network: rendering?.network === true,
    rendering: rendering?.options ?? NO_RENDERING_OPTIONS,
  };
}

/** The real paths of what the user named, as far as there is such a thing. */
async function realPaths({ paths, cwd, files }: LoadOptions): Promise<readonly string[]> {
  const found = await Promise.all(paths.map(async (one) => files.realPath(path.resolve(cwd, one)).catch(() => null)));
  return found.filter((one) => one !== null);
}

/** The tools that were used: those whose version was asked for. */
async function renderersOf({ tools }: LoaderAccess): Promise<readonly Renderer[]> {
  const used = await tools.used();
  return used.filter(({ name }) => name !== "git");
}

function byFileAndName(a: { readonly file: string; readonly name: string }, b: { readonly file: string; readonly name: string }): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.name < b.name ? -1 : Number(a.name > b.name);
}

interface Loaded extends Job {
  readonly outcome: RootOutcome;
}

/** Loads an input. What the system refuses on the way is that input's loss, and the rest of the scan goes on; other errors are faults of the program. */
async function loadOrLose(job: Job, access: LoaderAccess): Promise<RootOutcome> {
  try {
    return await job.load(access);
  } catch (error) {
    if (systemCode(error) === "" || systemCode(error).startsWith("ERR_")) throw error;
    const { file } = job.entry;
    return {
      documents: [
        { kind: "lost", problem: makeProblem(LOAD_PROBLEMS, "path-unreadable", { subject: file, cause: systemReason(error), file }) },
      ],
    };
  }
}

/** Runs the loaders, several at a time: while one file is parsed the next ones are read. Results keep the order of the jobs. */
async function loadAll(jobs: readonly Job[], access: LoaderAccess, options: LoadOptions): Promise<readonly Loaded[]> {
  const loaded: Loaded[] = [];
  let next = 0;
  let done = 0;
  let turn: Promise<void> | undefined;
  const work = async (): Promise<void> => {
    for (let at = next++; at < jobs.length; at = next++) {
      options.signal?.throwIfAborted();
      const job = jobs[at];
      if (job === undefined) return;
      loaded[at] = { ...job, outcome: await loadOrLose(job, access) };
      done += 1;
      options.onProgress?.(done, jobs.length);
      // A file system may answer at once, and then nothing else would run until all is read.
      if (done % FILES_PER_TURN === 0) turn = nextTurn();
      await turn;
    }
  };
  await Promise.all(Array.from({ length: Math.min(CONCURRENCY, jobs.length) }, work));
  return loaded;
}

function accountOf(file: string, loader: string, documents: readonly DocumentOutcome[]): InputFile {
  let resources = 0;
  let notKubernetes = 0;
  let lost = 0;
  for (const document of documents) {
    if (document.kind === "produced") resources += document.resources.length;
    else if (document.kind === "lost") lost += 1;
    else notKubernetes += 1;
  }
  return { file, loader, documents: documents.length, resources, notKubernetes, lost };
}

function sum(files: readonly InputFile[], ignored: number, partial: number): InputAccount {
  const total = { files: files.length, ignored, documents: 0, produced: 0, resources: 0, notKubernetes: 0, lost: 0, partial };
  for (const file of files) {
    total.documents += file.documents;
    total.produced += file.documents - file.notKubernetes - file.lost;
    total.resources += file.resources;
    total.notKubernetes += file.notKubernetes;
    total.lost += file.lost;
  }
  return total;
}

function isUnreadable(documents: readonly DocumentOutcome[]): boolean {
  return documents.some((document) => document.kind === "lost" && document.problem.code === "path-unreadable");
}

function byPlace(a: Problem, b: Problem): number {
  if (a.subject !== b.subject) return a.subject < b.subject ? -1 : 1;
  if (a.line !== b.line) return (a.line ?? 0) - (b.line ?? 0);
  return (a.column ?? 0) - (b.column ?? 0) || (a.code < b.code ? -1 : Number(a.code > b.code));
}
