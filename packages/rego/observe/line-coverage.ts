import type { Site } from "./site.ts";

/** A stretch of source; rows and columns count from 1, the end is behind its last character. */
export interface CoverageRange {
  readonly start: { readonly row: number; readonly col: number };
  readonly end: { readonly row: number; readonly col: number };
}

/** What is covered of one file, or of all. Lines are those with heads of rules or expressions. */
interface CoverageFigures {
  readonly covered_lines: number;
  readonly not_covered_lines: number;
  /** The part of the lines that is covered, in percent. */
  readonly coverage: number;
}

export interface FileCoverage extends CoverageFigures {
  readonly covered: readonly CoverageRange[];
  readonly not_covered: readonly CoverageRange[];
}

/** In the shape in which `opa test --coverage` reports. */
export interface CoverageReport extends CoverageFigures {
  readonly files: Readonly<Record<string, FileCoverage>>;
}

/**
 * Collects which expressions and heads of rules were evaluated, over as many evaluations and programs as it is given to. An expression is covered once it was
 * evaluated, whether it held or not; the head of a rule once a body gave a value.
 */
export class LineCoverage {
  private readonly files: Map<string, Map<string, { readonly site: Site; hit: boolean }>> = new Map();
  private readonly lines: ReadonlyMap<string, number>;

  /** `lines`: how many lines of a file count, where what is compiled has more than what was written. */
  constructor(lines: ReadonlyMap<string, number> = new Map()) {
    this.lines = lines;
  }

  /** Adds places that can be covered. */
  know(sites: readonly Site[]): void {
    for (const site of sites) this.entry(site);
  }

  hit(site: Site): void {
    const entry = this.entry(site);
    if (entry !== null) entry.hit = true;
  }

  /** Names of all places that were covered so far, for another collector of the same sources: `cover`. */
  covered(): readonly string[] {
    return [...this.files].flatMap(([file, places]) =>
      [...places].filter(([, { hit }]) => hit).map(([key]) => JSON.stringify([file, key])),
    );
  }

  /** Counts places as covered that another collector named; those that are not known to this one are left out. */
  cover(names: readonly string[]): void {
    for (const name of names) {
      const [file, key] = JSON.parse(name) as readonly [string, string];
      const entry = this.files.get(file)?.get(key);
      if (entry !== undefined) entry.hit = true;
    }
  }

  /** What was covered so far. Files are sorted by name. */
  report(): CoverageReport {
    const files: [string, FileCoverage][] = [];
    let covered = 0;
    let missed = 0;
    for (const [file, places] of [...this.files].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
      const one = fileCoverage([...places.values()]);
      covered += one.covered_lines;
      missed += one.not_covered_lines;
      files.push([file, one]);
    }
    return { files: Object.fromEntries(files), ...figures(covered, missed) };
  }

  private entry(site: Site): { readonly site: Site; hit: boolean } | null {
    if (site.kind === "query" || site.kind === "body" || site.file === "query") return null;
    if (site.line > (this.lines.get(site.file) ?? Infinity)) return null;
    let places = this.files.get(site.file);
    if (places === undefined) this.files.set(site.file, (places = new Map()));
    const key = `${site.line}:${site.column}-${site.endLine}:${site.endColumn} ${site.kind}`;
    let entry = places.get(key);
    if (entry === undefined) places.set(key, (entry = { site, hit: false }));
    return entry;
  }
}

function fileCoverage(entries: readonly { readonly site: Site; readonly hit: boolean }[]): FileCoverage {
  const sorted = entries.toSorted((a, b) => a.site.line - b.site.line || a.site.column - b.site.column || a.site.endLine - b.site.endLine);
  const hit = sorted.filter((one) => one.hit);
  const missed = sorted.filter((one) => !one.hit);
  const hitLines = linesOf(hit);
  const missedLines = linesOf(missed);
  for (const line of hitLines) missedLines.delete(line);
  const range = ({ site }: { readonly site: Site }): CoverageRange => ({
    start: { row: site.line, col: site.column },
    end: { row: site.endLine, col: site.endColumn },
  });
  return { covered: hit.map(range), not_covered: missed.map(range), ...figures(hitLines.size, missedLines.size) };
}

function linesOf(entries: readonly { readonly site: Site }[]): Set<number> {
  const lines = new Set<number>();
  for (const { site } of entries) for (let line = site.line; line <= site.endLine; line++) lines.add(line);
  return lines;
}

function figures(covered: number, missed: number): CoverageFigures {
  return {
    covered_lines: covered,
    not_covered_lines: missed,
    coverage: covered + missed === 0 ? 100 : (100 * covered) / (covered + missed),
  };
}
