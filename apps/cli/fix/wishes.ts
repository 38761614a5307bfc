import type { Finding, Fix, Resource, Result } from "@holdfast/core";
import { SourceChanges, type LoadedResource } from "@holdfast/posture";
import { findingKey, type EstateScan, type Wish } from "./plan-fixes.ts";

/** What findings may be mended by. */
export interface WishRights {
  /** Whether a finding is one of those that were asked for. */
  readonly isAskedFor: (result: Result, finding: Finding) => boolean;
  /** Whether a file, by its name in results, may be changed. */
  readonly isAllowed: (file: string) => boolean;
}

/** What people answered, by {@link answerKey}. */
export type Answers = ReadonlyMap<string, unknown>;

export const NO_ANSWERS: Answers = new Map();

/** Whether an object stands as it is in a file: it was not rendered. */
function isWritten(resource: Resource | undefined): resource is LoadedResource {
  return resource !== undefined && "source" in resource && !("origins" in resource);
}

export function isRendered(resource: Resource | undefined): resource is LoadedResource {
  return resource !== undefined && "source" in resource && "origins" in resource;
}

/** Whether a fix says all that is to be done. */
export function isMachine({ kind }: Pick<Fix, "kind">): boolean {
  return kind === "set" || kind === "remove";
}

/** What is to be done for a finding: what can be done by machine, and with answers what these make of its questions. */
export interface WantedFixes {
  readonly finding: Finding;
  readonly object: LoadedResource;
  readonly fixes: readonly Fix[];
  /** What the attempt is known by, apart from how it is made. */
  readonly key: string;
}

/**
 * The findings that were asked for, with what is to be done for each. Without answers: setting and removing fields. With answers: what findings ask for whose questions are all
 * answered; one with a question that is left open waits.
 */
export function wantedFixes({ result, resources }: EstateScan, { isAskedFor }: WishRights, answers: Answers): readonly WantedFixes[] {
  return result.findings.flatMap((finding): readonly WantedFixes[] => {
    const object = resources[finding.resource];
    if (!(isWritten(object) || isRendered(object)) || !isAskedFor(result, finding)) return [];
    const key = findingKey(object, finding);
    const byMachine = finding.fixes.filter(isMachine);
    if (answers.size === 0) return byMachine.length === 0 ? [] : [{ finding, object, fixes: byMachine, key }];
    const questions = finding.fixes.filter(({ kind }) => kind === "choose");
    const answered = questions.flatMap(({ path = "" }): Fix[] =>
      answers.has(answerKey(object, finding, path)) ? [{ kind: "set", path, value: answers.get(answerKey(object, finding, path)) }] : [],
    );
    if (answered.length === 0 || answered.length < questions.length) return [];
    return [{ finding, object, fixes: [...byMachine, ...answered], key: `${key} answered` }];
  });
}

/** Changes of objects that stand in files as they are. */
export function writtenWishes(scan: EstateScan, rights: WishRights, answers: Answers): readonly Wish[] {
  return wantedFixes(scan, rights, answers).flatMap(({ finding, object, fixes, key }) =>
    isWritten(object) && rights.isAllowed(object.file) ? [{ key, finding, object, resource: object, fixes }] : [],
  );
}

/** More places than these are not tried for one finding. */
const MOST_ATTEMPTS = 5;

/**
 * What can be tried for findings on objects that were rendered: of each the first change of its sources that has not failed. A finding that asks for changes in several documents
 * waits for a person.
 */
export function renderedWishes(
  scan: EstateScan,
  rights: WishRights,
  failed: ReadonlyMap<string, string>,
  answers: Answers,
): readonly Wish[] {
  const sources = new SourceChanges();
  return wantedFixes(scan, rights, answers).flatMap(({ finding, object, fixes, key: stem }) => {
    if (!isRendered(object)) return [];
    const ways = fixes.map((fix) => sources.of(object, fix).filter(({ document }) => rights.isAllowed(document.file)));
    const longest = Math.min(MOST_ATTEMPTS, Math.max(...ways.map(({ length }) => length)));
    for (let attempt = 0; attempt < longest; attempt += 1) {
      const key = `${stem} #${attempt}`;
      if (failed.has(key)) continue;
      const changes = ways.flatMap((way) => way[Math.min(attempt, way.length - 1)] ?? []);
      const [first] = changes;
      if (first === undefined || changes.length < fixes.length || changes.some(({ document }) => document !== first.document)) continue;
      return [{ key, finding, object, resource: first.document, fixes: changes.map(({ fix }) => fix) }];
    }
    return [];
  });
}

/** Files in which rendered objects may be mended, whichever way turns out to be right. */
export function renderedFiles({ result, resources }: EstateScan, { isAskedFor }: Pick<WishRights, "isAskedFor">): readonly string[] {
  const sources = new SourceChanges();
  return result.findings.flatMap((finding) => {
    const object = resources[finding.resource];
    if (!isRendered(object) || !isAskedFor(result, finding)) return [];
    return finding.fixes.flatMap((fix) => sources.of(object, asSet(fix)).map(({ document }) => document.file));
  });
}

/** A question as the fix that its answer will be. */
function asSet(fix: Fix): Fix {
  return fix.kind === "choose" && fix.path !== undefined ? { kind: "set", path: fix.path, value: fix.value ?? "" } : fix;
}

/** A question that a person must answer, and the findings that wait for the answer. */
export interface Decision {
  readonly question: string;
  readonly path: string;
  readonly value: unknown;
  readonly resource: LoadedResource;
  readonly findings: readonly Finding[];
}

/**
 * What a person must decide, each once whichever controls ask for it; only what can then be written. `isPatched` says which rendered objects can be given a patch.
 */
export function decisions(scan: EstateScan, rights: WishRights, isPatched: (resource: LoadedResource) => boolean): readonly Decision[] {
  const sources = new SourceChanges();
  const canBeWritten = (resource: LoadedResource, fix: Fix): boolean => {
    if (isWritten(resource)) return rights.isAllowed(resource.file);
    return isPatched(resource) || sources.of(resource, asSet(fix)).some(({ document }) => rights.isAllowed(document.file));
  };
  const all = scan.result.findings.flatMap((finding) => {
    const resource = scan.resources[finding.resource];
    if (!(isWritten(resource) || isRendered(resource)) || !rights.isAskedFor(scan.result, finding)) return [];
    return finding.fixes.flatMap((fix) => {
      const { kind, question, path, value } = fix;
      if (kind !== "choose" || path === undefined || !canBeWritten(resource, fix)) return [];
      return [{ question: question ?? "", path, value, resource, finding }];
    });
  });
  const places = Map.groupBy(all, ({ resource: { file, line, kind, namespace, name }, path }) =>
    JSON.stringify([file, line, kind, namespace, name, path]),
  );
  return [...places.values()].flatMap((same) => {
    const [first] = same;
    return first === undefined ? [] : [{ ...first, findings: same.map(({ finding }) => finding) }];
  });
}

/** What an answer is known by. */
export function answerKey(resource: Resource, finding: Finding, path: string): string {
  return `${findingKey(resource, finding)} ${path}`;
}
