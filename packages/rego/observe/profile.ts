import type { Site } from "./site.ts";

/** What the evaluations of one expression cost, in the shape of `opa eval --profile`. */
export interface ProfileEntry {
  /** Its own time in nanoseconds: without that of the rules and functions that it called. */
  readonly total_time_ns: number;
  readonly num_eval: number;
  /** How often evaluation came back to it for another solution. */
  readonly num_redo: number;
  readonly text: string;
  readonly location: { readonly file: string; readonly row: number; readonly col: number };
}

interface Figures {
  readonly site: Site;
  time: number;
  evals: number;
  redos: number;
}

/**
 * Collects how often expressions are evaluated and how long that takes, over as many evaluations as it is given to. The code that is measured is instrumented: it computes
 * everything where and as often as it is written, without the indexes and the moving out of loops of ordinary evaluation.
 */
export class Profile {
  private readonly clock: () => number;
  private readonly entries: Map<string, Figures> = new Map();
  private readonly bySite: Map<Site, Figures> = new Map();
  private current: Figures | null = null;
  private since: number = 0;

  /** `clock` gives the time in nanoseconds from any start, such as `() => performance.now() * 1e6`. */
  constructor(clock: () => number) {
    this.clock = clock;
  }

  evaluated(site: Site): void {
    this.enter(site);
    this.figures(site).evals++;
  }

  redone(site: Site): void {
    this.enter(site);
    this.figures(site).redos++;
  }

  /** Time passes in this expression from now on; null: in none. */
  enter(site: Site | null): void {
    const now = this.clock();
    if (this.current !== null) this.current.time += now - this.since;
    this.current = site === null ? null : this.figures(site);
    this.since = now;
  }

  /** The most expensive expressions, those that took the most time first. */
  top(count: number = 10): readonly ProfileEntry[] {
    const sorted = [...this.entries.values()].toSorted((a, b) => b.time - a.time || b.evals - a.evals);
    return sorted.slice(0, count).map(({ site, time, evals, redos }) => ({
      total_time_ns: Math.round(time),
      num_eval: evals,
      num_redo: redos,
      text: site.text,
      location: { file: site.file, row: site.line, col: site.column },
    }));
  }

  private figures(site: Site): Figures {
    const known = this.bySite.get(site);
    if (known !== undefined) return known;
    const key = JSON.stringify([site.file, site.line, site.column, site.text]);
    let figures = this.entries.get(key);
    if (figures === undefined) this.entries.set(key, (figures = { site, time: 0, evals: 0, redos: 0 }));
    this.bySite.set(site, figures);
    return figures;
  }
}
