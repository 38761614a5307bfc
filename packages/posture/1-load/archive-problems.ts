import type { ProblemCatalogue } from "@holdfast/core";

/** Codes of what can go wrong with archives. */
export type ArchiveProblemCode =
  | "archive-broken"
  | "archive-too-large"
  | "archive-encrypted"
  | "archive-name"
  | "archive-link"
  | "archive-nested";

/** What reading archives can lose. */
export const ARCHIVE_PROBLEMS: ProblemCatalogue<ArchiveProblemCode> = {
  "archive-broken": {
    stage: "load",
    effect: "lost",
    title: "An archive can't be unpacked",
    explanation:
      "The file has the name of a tar or zip archive, and is none, was cut off, or uses a way of packing that is not read. Nothing of it was judged.",
    remedy: "Make the archive anew and see that it was copied whole; or unpack it and scan the folder.",
  },
  "archive-too-large": {
    stage: "load",
    effect: "lost",
    title: "An archive would unpack to too much",
    explanation:
      "Archives of up to 256 MiB with up to 50,000 entries are read, as long as they unpack to at most 256 MiB and, beyond 32 MiB, to at most 200 times their size. What packs better than manifests do is made to fill memory.",
    remedy: "Unpack what is meant to be scanned and scan the folder, or list the archive in .holdfastignore.",
  },
  "archive-encrypted": {
    stage: "load",
    effect: "lost",
    title: "An archive is encrypted",
    explanation: "What an archive or a file in it holds can't be read without its password, so it was not judged.",
    remedy: "Unpack it and scan the folder, or list the archive in .holdfastignore.",
  },
  "archive-name": {
    stage: "load",
    effect: "lost",
    title: "Files of an archive have names that leave it",
    explanation:
      "A name such as ../../etc/passwd or /etc/passwd would be written outside of the folder that the archive is unpacked to. Such entries were not read; archives that people make have none.",
    remedy: "Find out who made this archive, and make it anew from the folder that it is meant to hold.",
  },
  "archive-link": {
    stage: "load",
    effect: "lost",
    title: "A link in an archive leaves it",
    explanation: "Links between the files of an archive are followed. This one names a file outside of it, or one that it does not hold.",
    remedy: "Put the file itself into the archive.",
  },
  "archive-nested": {
    stage: "load",
    effect: "lost",
    title: "An archive lies within another",
    explanation: "Archives are opened one deep, so what the inner one holds was not judged.",
    remedy: "Unpack the outer archive and scan the folder, or list the inner one in the .holdfastignore of the outer.",
  },
};
