import type { ProblemCatalogue } from "@holdfast/core";

export type FixProblemCode =
  | "fix-uncommitted"
  | "fix-not-a-file"
  | "fix-outside"
  | "fix-not-own"
  | "fix-encoding"
  | "fix-no-edit"
  | "fix-no-effect"
  | "fix-too-many-rounds"
  | "fix-changed-meanwhile"
  | "fix-not-written"
  | "fix-secret-in-patch"
  | "fix-declined";

/** Why `holdfast fix` left something as it was. */
export const FIX_PROBLEMS: ProblemCatalogue<FixProblemCode> = {
  "fix-uncommitted": {
    stage: "locate",
    effect: "degraded",
    title: "A file that is not committed",
    explanation:
      "The file has changes that Git doesn't have, or Git doesn't have the file at all: what a fix changes could not be told from them, nor taken back.",
    remedy: "Commit or stash the file first; `--allow-dirty` changes it all the same.",
  },
  "fix-not-a-file": {
    stage: "locate",
    effect: "degraded",
    title: "Nothing that can be written to",
    explanation: "The object stands in no regular file of this machine: in an archive, say, or in a file that is gone.",
    remedy: "Run `holdfast fix` where the sources are: on the unpacked archive, or in a checkout of the repository.",
  },
  "fix-outside": {
    stage: "locate",
    effect: "degraded",
    title: "A file that lies elsewhere",
    explanation:
      "The file lies outside of the folders that were named, of the working folder and of their repositories: a symbolic link leads to it, or an overlay has its base there.",
    remedy: "Name the file or its folder, if it is yours to change; else write a patch into the overlay.",
  },
  "fix-not-own": {
    stage: "locate",
    effect: "degraded",
    title: "A base that is not the repository's own",
    explanation:
      "The object of an overlay stands in a submodule, in another repository, or in a file that Git ignores: what is changed there is lost with the next update. A patch in the overlay can do the same, but none could be written.",
    remedy: "Write a patch into the overlay, or name the folder of the base too, if it is yours to change.",
  },
  "fix-encoding": {
    stage: "locate",
    effect: "degraded",
    title: "A file that is not UTF-8",
    explanation: "Writing it anew would change bytes that no fix is about.",
    remedy: "Convert the file to UTF-8.",
  },
  "fix-no-edit": {
    stage: "locate",
    effect: "degraded",
    title: "No edit can be made by machine",
    explanation:
      "What is to be changed is known, but not how to write it into this file without changing something else: the value comes from an anchor that other places use, or from a template.",
    remedy: "Make the change by hand: `holdfast scan` shows the line and the value.",
  },
  "fix-no-effect": {
    stage: "locate",
    effect: "degraded",
    title: "An edit that did not hold",
    explanation:
      "The edit was made in memory and the files were scanned again: the finding was still there, or something new came up. The edit was taken back.",
    remedy: "Make the change by hand: `holdfast scan` shows the line and the value.",
  },
  "fix-too-many-rounds": {
    stage: "locate",
    effect: "degraded",
    title: "Too much for one run",
    explanation: "So many fixes had to be tried one after the other that the run ended before all were.",
    remedy: "Run `holdfast fix` again, with --only for a part of the files.",
  },
  "fix-changed-meanwhile": {
    stage: "locate",
    effect: "degraded",
    title: "A file that changed meanwhile",
    explanation: "Between the scan and the writing somebody else has changed the file.",
    remedy: "Run `holdfast fix` again.",
  },
  "fix-not-written": {
    stage: "locate",
    effect: "degraded",
    title: "A file could not be written",
    explanation: "The file is as it was. The run ends with exit code 4.",
    remedy: "Allow writing to the file and its folder, and see that there is room on the disk.",
  },
  "fix-secret-in-patch": {
    stage: "locate",
    effect: "degraded",
    title: "A change that no patch can show",
    explanation:
      "The lines of the change, or those that a patch needs beside them, hold a secret, and no output of Holdfast shows one. The file is left out of the patch.",
    remedy: "`holdfast fix --yes` makes the change; --only names the file.",
  },
  "fix-declined": {
    stage: "locate",
    effect: "degraded",
    title: "Left as it is on request",
    explanation: "You were asked whether to change the file, and said no.",
    remedy: "Run `holdfast fix` again to change your mind.",
  },
};
