import { BaseSequencer, type TestSpecification } from "vitest/node";

/** What takes longest, by a folder or file's beginning: the sooner a rank begins, the longer its files take. Files of `test/` start programs; all others only call functions. */
const RANKS = ["test/acceptance/fuzz", "test/docs/", "test/acceptance/cluster", "test/formats/", "test/"];

/**
 * Runs the files that take longest first, so that none of them is left for one core at the end while the others idle. Vitest itself knows only how long a file took
 * in earlier runs, and a fresh clone has none.
 */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const root = `${this.ctx.config.root}/`;
    const rank = ({ moduleId }: TestSpecification): number => {
      const at = RANKS.findIndex((start) => moduleId.startsWith(root + start));
      return at === -1 ? RANKS.length : at;
    };
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b));
  }
}
