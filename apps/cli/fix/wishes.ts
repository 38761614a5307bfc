import type { Finding, Resource, Result } from "@holdfast/core";
import { SourceChanges, type LoadedResource } from "@holdfast/posture";
import { findingKey, type EstateScan, type Wish } from "./plan-fixes.ts";

/** Whether an object stands as it is in a file: it was not rendered. */
function isWritten(resource: Resource | undefined): resource is LoadedResource {
  return resource !== undefined && "source" in resource && !("origins" in resource);
}

/** What can be done by machine for the findings that were asked for: setting and removing fields of objects that stand in files. */
export function machineWishes(
  { result, resources }: EstateScan,
  isAskedFor: (result: Result, finding: Finding) => boolean,
): readonly Wish[] {
  return result.findings.flatMap((finding) => {
    const resource = resources[finding.resource];
    const fixes = finding.fixes.filter(({ kind }) => kind === "set" || kind === "remove");
    if (fixes.length === 0 || !isWritten(resource) || !isAskedFor(result, finding)) return [];
    return [{ key: findingKey(resource, finding), finding, object: resource, resource, fixes }];
  });
}

/** More places than these are not tried for one finding. */
const MOST_ATTEMPTS = 5;

/**
 * What can be tried for findings on objects that were rendered: of each the first change of its sources that has not failed. A finding that asks for changes in several documents
 * waits for a person.
 */
export function renderedWishes(
  { result, resources }: EstateScan,
  isAskedFor: (result: Result, finding: Finding) => boolean,
  failed: ReadonlyMap<string, string>,
): readonly Wish[] {
  const sources = new SourceChanges();
  return result.findings.flatMap((finding) => {
    const object = resources[finding.resource];
    const fixes = finding.fixes.filter(({ kind }) => kind === "set" || kind === "remove");
    if (fixes.length === 0 || !isRendered(object) || !isAskedFor(result, finding)) return [];
    const ways = fixes.map((fix) => sources.of(object, fix));
    const longest = Math.min(MOST_ATTEMPTS, Math.max(...ways.map(({ length }) => length)));
    for (let attempt = 0; attempt < longest; attempt += 1) {
      const key = `${findingKey(object, finding)} #${attempt}`;
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
export function renderedFiles(
  { result, resources }: EstateScan,
  isAskedFor: (result: Result, finding: Finding) => boolean,
): readonly string[] {
  const sources = new SourceChanges();
  return result.findings.flatMap((finding) => {
    const object = resources[finding.resource];
    if (!isRendered(object) || !isAskedFor(result, finding)) return [];
    return finding.fixes.flatMap((fix) => sources.of(object, fix).map(({ document }) => document.file));
  });
}

function isRendered(resource: Resource | undefined): resource is LoadedResource {
  return resource !== undefined && "source" in resource && "origins" in resource;
}

/** A question that a person must answer, and the findings that wait for the answer. */
export interface Decision {
  readonly question: string;
  readonly path: string;
  readonly value: unknown;
  readonly resource: LoadedResource;
  readonly findings: readonly Finding[];
}

/** What a person must decide, each once whichever controls ask for it. */
export function decisions(scan: EstateScan, isAskedFor: (result: Result, finding: Finding) => boolean): readonly Decision[] {
  const all = scan.result.findings.flatMap((finding) => {
    const resource = scan.resources[finding.resource];
    if (!isWritten(resource) || !isAskedFor(scan.result, finding)) return [];
    return finding.fixes.flatMap(({ kind, question, path, value }) =>
      kind !== "choose" || path === undefined ? [] : [{ question: question ?? "", path, value, resource, finding }],
    );
  });
  return [...Map.groupBy(all, ({ resource, path }) => `${resource.file}:${resource.line} ${path}`).values()].flatMap((same) => {
    const [first] = same;
    return first === undefined ? [] : [{ ...first, findings: same.map(({ finding }) => finding) }];
  });
}

/** What findings ask for once these answers, by the keys of findings and their paths, are given. A finding with a question that is left open waits. */
export function answeredWishes(
  scan: EstateScan,
  isAskedFor: (result: Result, finding: Finding) => boolean,
  answers: ReadonlyMap<string, unknown>,
): readonly Wish[] {
  return scan.result.findings.flatMap((finding) => {
    const resource = scan.resources[finding.resource];
    if (!isWritten(resource) || !isAskedFor(scan.result, finding)) return [];
    const fixes = finding.fixes.flatMap((fix) => {
      if (fix.kind === "set" || fix.kind === "remove") return [fix];
      const key = answerKey(resource, finding, fix.path ?? "");
      return fix.kind === "choose" && answers.has(key) ? [{ kind: "set" as const, path: fix.path ?? "", value: answers.get(key) }] : [];
    });
    const isOpen = finding.fixes.some(({ kind, path = "" }) => kind === "choose" && !answers.has(answerKey(resource, finding, path)));
    return fixes.length === 0 || isOpen
      ? []
      : [{ key: `${findingKey(resource, finding)} answered`, finding, object: resource, resource, fixes }];
  });
}

/** What an answer is known by. */
export function answerKey(resource: Resource, finding: Finding, path: string): string {
  return `${findingKey(resource, finding)} ${path}`;
}
