import { setImmediate as nextTurn } from "node:timers/promises";
import type { InputAccount, InputFile, Inputs, Problem } from "@holdfast/core";
import { withArchives } from "./archives/with-archives.ts";
import { discover } from "./discover.ts";
import type { FileSystem } from "./file-system.ts";
import type { DocumentOutcome, InputEntry, LoadedResource, Loader } from "./loaders/define.ts";
import { LOADERS } from "./loaders/list.ts";

export interface LoadOptions {
  /** Files and folders as the user wrote them; `-` is standard input. */
  readonly paths: readonly string[];
  /** The absolute path of the folder that they are relative to; files are named relative to it. */
  readonly cwd: string;
  readonly files: FileSystem;
  /** Called after each file with how many are done and how many there are. */
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

/** What came out of the inputs: every document that was claimed is a resource, no Kubernetes object, or a problem. */
export interface LoadResult {
  /** By file, then by place in it. */
  readonly resources: readonly LoadedResource[];
  readonly inputs: Inputs;
  readonly problems: readonly Problem[];
  /** Files in the scanned folders that no loader claims. */
  readonly other: number;
  /** Paths that the user named and that can't be read, as results call them; each has a problem too. */
  readonly unreadablePaths: readonly string[];
}

/** How many files are open at the same time. */
const CONCURRENCY = 16;
/** After how many files signals, timers and whoever shows progress get their turn. */
const FILES_PER_TURN = 64;

/**
 * Loads all inputs. Never rejects over what an input holds; rejects with the signal's reason when it is aborted.
 */
export async function load(given: LoadOptions, loaders: readonly Loader[] = LOADERS): Promise<LoadResult> {
  const options = { ...given, files: withArchives(given.files) };
  const loaderOf = (entry: InputEntry): Loader | undefined => loaders.find((loader) => loader.claims(entry));
  const discovery = await discover({ ...options, claims: (entry) => loaderOf(entry) !== undefined });
  const jobs = discovery.entries.flatMap((entry) => {
    const loader = loaderOf(entry);
    return loader === undefined ? [] : [{ entry, loader }];
  });
  const outcomes = await loadAll(jobs, options);
  const resources: LoadedResource[] = [];
  const problems = [...discovery.problems];
  const files: InputFile[] = [];
  let partial = 0;
  for (const { entry, loader, documents } of outcomes) {
    files.push(accountOf(entry.file, loader.id, documents));
    for (const document of documents) {
      if (document.kind === "produced") {
        for (const resource of document.resources) resources.push(resource);
        // One document may have more problems than a call can have arguments.
        for (const problem of document.problems) problems.push(problem);
        if (document.problems.length > 0) partial += 1;
      } else if (document.kind === "lost") {
        problems.push(document.problem);
      }
    }
  }
  // What was lost before a loader could have it: a path, a folder or a link, each with its problem and counted as one document.
  for (const problem of discovery.problems)
    files.push({ file: problem.subject, loader: "none", documents: 1, resources: 0, notKubernetes: 0, lost: 1 });
  files.sort((a, b) => (a.file < b.file ? -1 : Number(a.file > b.file)));
  const unreadable = jobs
    .filter((job, at) => job.entry.kind === "file" && job.entry.named && isUnreadable(outcomes[at]?.documents))
    .map((job) => job.entry.file);
  return {
    resources,
    inputs: { roots: [...new Set(options.paths)].sort(), kind: "files", files, account: sum(files, discovery.ignored, partial) },
    problems: problems.sort(byPlace),
    other: discovery.other,
    unreadablePaths: [...discovery.unreadablePaths, ...unreadable],
  };
}

interface Job {
  readonly entry: InputEntry;
  readonly loader: Loader;
}

interface Loaded extends Job {
  readonly documents: readonly DocumentOutcome[];
}

/** Runs the loaders, several at a time: while one file is parsed the next ones are read. Results keep the order of the jobs. */
async function loadAll(jobs: readonly Job[], options: LoadOptions): Promise<readonly Loaded[]> {
  const loaded: Loaded[] = [];
  let next = 0;
  let done = 0;
  let turn: Promise<void> | undefined;
  const work = async (): Promise<void> => {
    for (let at = next++; at < jobs.length; at = next++) {
      options.signal?.throwIfAborted();
      const job = jobs[at];
      if (job === undefined) return;
      loaded[at] = { ...job, documents: await job.loader.load(job.entry, { files: options.files }) };
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

function isUnreadable(documents: readonly DocumentOutcome[] | undefined): boolean {
  return documents?.some((document) => document.kind === "lost" && document.problem.code === "path-unreadable") === true;
}

function byPlace(a: Problem, b: Problem): number {
  if (a.subject !== b.subject) return a.subject < b.subject ? -1 : 1;
  if (a.line !== b.line) return (a.line ?? 0) - (b.line ?? 0);
  return (a.column ?? 0) - (b.column ?? 0) || (a.code < b.code ? -1 : Number(a.code > b.code));
}
