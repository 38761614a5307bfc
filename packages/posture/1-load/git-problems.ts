import type { ProblemCatalogue } from "@holdfast/core";

/** Codes of what can go wrong with Git repositories. */
export type GitProblemCode = "git-missing" | "git-failed";

/** What fetching repositories can lose. */
export const GIT_PROBLEMS: ProblemCatalogue<GitProblemCode> = {
  "git-missing": {
    stage: "load",
    effect: "lost",
    title: "There is no git on this machine",
    explanation: "Repositories are fetched with the machine's own git. Nothing of this one was judged.",
    remedy: "Install git, or scan a folder that was checked out elsewhere.",
  },
  "git-failed": {
    stage: "load",
    effect: "lost",
    title: "A Git repository can't be fetched",
    explanation:
      "git did not fetch what was asked for within 5 minutes: the server can't be reached, the repository, branch, tag or commit does not exist, or the access is not granted. Nothing of it was judged.",
    remedy:
      "See whether `git ls-remote URL` answers. For private repositories set GITHUB_TOKEN, GITLAB_TOKEN or GIT_TOKEN, or use an ssh URL with a key in your agent.",
  },
};
