import type { ProblemCatalogue } from "@holdfast/core";

/** What can go wrong with what is asked of git beside the files themselves. */
export const HISTORY_PROBLEMS: ProblemCatalogue<"last-commit-unknown"> = {
  "last-commit-unknown": {
    stage: "locate",
    effect: "degraded",
    title: "The last commit of a file's lines can't be told",
    explanation:
      "`--last-commit` was asked for, and git knows no history of this file: it is in no repository, was never committed, or there is no git. Its findings stand without a commit.",
    remedy: "Scan a checkout with its history (`git fetch --unshallow` where it has none), or leave --last-commit out.",
  },
};
