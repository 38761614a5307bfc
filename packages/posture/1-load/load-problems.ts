import type { ProblemCatalogue } from "@holdfast/core";
import { ARCHIVE_PROBLEMS, type ArchiveProblemCode } from "./archive-problems.ts";
import { GIT_PROBLEMS, type GitProblemCode } from "./git-problems.ts";
import { GITOPS_PROBLEMS, type GitopsProblemCode } from "./gitops-problems.ts";
import { OVERLAY_PROBLEMS, type OverlayProblemCode } from "./overlay-problems.ts";

/** Codes of what can go wrong when inputs are read. */
export type LoadProblemCode =
  | ArchiveProblemCode
  | GitProblemCode
  | OverlayProblemCode
  | GitopsProblemCode
  | "path-not-found"
  | "path-unreadable"
  | "file-unreadable"
  | "folder-unreadable"
  | "special-file"
  | "link-outside"
  | "link-broken"
  | "file-too-large"
  | "file-binary"
  | "file-not-utf8"
  | "yaml-syntax"
  | "yaml-tabs"
  | "yaml-value"
  | "yaml-aliases"
  | "json-syntax"
  | "template"
  | "object-incomplete"
  | "object-encrypted"
  | "duplicate-key"
  | "list-item";

/** What loading can lose: what happened, what it means, what to do. */
export const LOAD_PROBLEMS: ProblemCatalogue<LoadProblemCode> = {
  "path-not-found": {
    stage: "load",
    effect: "lost",
    title: "A path that was asked for does not exist",
    explanation: "A path on the command line names no file or folder. Nothing of it was judged.",
    remedy: "Correct the path. Paths are relative to the folder that the command runs in.",
  },
  "path-unreadable": {
    stage: "load",
    effect: "lost",
    title: "A path that was asked for can't be read",
    explanation: "The system refused to open a path that was named on the command line. Nothing of it was judged.",
    remedy: "Give the user who runs the scan the right to read it, or leave the path out.",
  },
  "file-unreadable": {
    stage: "load",
    effect: "lost",
    title: "A file can't be read",
    explanation: "The system refused to open a file of a scanned folder. It was not judged, and counts against coverage.",
    remedy: "Give the user who runs the scan the right to read it, or list it in .holdfastignore.",
  },
  "folder-unreadable": {
    stage: "load",
    effect: "lost",
    title: "A folder can't be listed",
    explanation: "The system refused to list a folder. What is in it is not known, so none of it was judged.",
    remedy: "Give the user who runs the scan the right to list it, or put it in .holdfastignore.",
  },
  "special-file": {
    stage: "load",
    effect: "lost",
    title: "A manifest's name belongs to a pipe, socket or device",
    explanation: "Reading it could wait for ever, so within a folder only regular files are read.",
    remedy: "Name it on the command line to read it all the same, or list it in .holdfastignore.",
  },
  "link-outside": {
    stage: "load",
    effect: "lost",
    title: "A symbolic link leaves the scanned folder",
    explanation: "Links are followed within the folder that was asked for and not out of it. What the link names was not judged.",
    remedy: "Scan its target too, by naming it on the command line, or list the link in .holdfastignore.",
  },
  "link-broken": {
    stage: "load",
    effect: "lost",
    title: "A symbolic link leads nowhere",
    explanation: "A link with a manifest's name has no target, or leads back to itself.",
    remedy: "Repair or delete the link.",
  },
  "file-too-large": {
    stage: "load",
    effect: "lost",
    title: "A file is too large",
    explanation:
      "Files over 32 MiB are not read. Objects of a cluster are limited to about 1.5 MiB each, so such a file is a collection or no manifest.",
    remedy: "Split it into smaller files, or list it in .holdfastignore.",
  },
  "file-binary": {
    stage: "load",
    effect: "lost",
    title: "A file with a manifest's name holds binary data",
    explanation: "It has zero bytes, which no YAML or JSON text has.",
    remedy: "Rename it, or list it in .holdfastignore.",
  },
  "file-not-utf8": {
    stage: "load",
    effect: "lost",
    title: "A file is not UTF-8",
    explanation: "Manifests are read as UTF-8; this file has bytes that are not. Guessing its encoding could change what it says.",
    remedy: "Save it as UTF-8.",
  },
  "yaml-syntax": {
    stage: "load",
    effect: "lost",
    title: "A document is not valid YAML",
    explanation: "The document could not be parsed, so nothing of it was judged. Other documents of the same file were.",
    remedy: "Correct the document at this line; the fault is often a little before the place where the parser noticed it.",
  },
  "yaml-tabs": {
    stage: "load",
    effect: "lost",
    title: "A document is indented with tabs",
    explanation: "YAML allows only spaces in indentation. The document could not be parsed, so nothing of it was judged.",
    remedy: "Replace the tabs at the start of the lines by spaces.",
  },
  "yaml-value": {
    stage: "load",
    effect: "lost",
    title: "A document holds what Kubernetes can't read",
    explanation:
      "The text is YAML, but has a value that Kubernetes refuses: a key that is no text, an alias without anchor, a tag that its value does not fit, or an infinite number.",
    remedy: "Correct the value at this line.",
  },
  "yaml-aliases": {
    stage: "load",
    effect: "lost",
    title: "A file's aliases stand for too much",
    explanation:
      "Aliases of aliases can make a short file as large as one likes. Expansion stops at 250,000 values in a file, and where values nest more than 400 deep.",
    remedy: "Write the document out, or split the file.",
  },
  "json-syntax": {
    stage: "load",
    effect: "lost",
    title: "A file is not valid JSON",
    explanation: "The file could not be parsed, so nothing of it was judged.",
    remedy: "Correct the file at this line.",
  },
  template: {
    stage: "load",
    effect: "lost",
    title: "A file contains template expressions",
    explanation:
      "It becomes a manifest only when a tool such as Helm renders it. Judging the template as it stands would judge something that never reaches a cluster.",
    remedy: "Render it (`helm template`, for example) and scan the result, or list it in .holdfastignore.",
  },
  "object-incomplete": {
    stage: "load",
    effect: "lost",
    title: "A document is only nearly a Kubernetes object",
    explanation:
      "Every object has an apiVersion and a kind, which are text; the items of a List are a list. The API server refuses what has not, and rules can't tell what it is, so it was not judged.",
    remedy: "Add or correct the field, or list the file in .holdfastignore if it is not meant for a cluster.",
  },
  "object-encrypted": {
    stage: "load",
    effect: "lost",
    title: "What a document says is encrypted by SOPS",
    explanation:
      "The kind, or settings that are numbers or booleans, stand there encrypted. What reaches the cluster is not known, so the document was not judged. Encrypted texts alone, such as a Secret's data, keep nothing from being judged.",
    remedy: "Encrypt only what is secret (`sops --encrypted-regex '^(data|stringData)$'`), or scan the decrypted manifests.",
  },
  "duplicate-key": {
    stage: "load",
    effect: "partial",
    title: "A key stands twice in one mapping",
    explanation:
      "Kubernetes refuses such a document when it validates strictly, and else takes the last value. The document was judged with the last value.",
    remedy: "Delete one of the two.",
  },
  "list-item": {
    stage: "load",
    effect: "partial",
    title: "An item of a list is no Kubernetes object",
    explanation: "Every item of a List must be an object with apiVersion and kind. This item was left out; the others were judged.",
    remedy: "Correct or delete the item.",
  },
  ...ARCHIVE_PROBLEMS,
  ...GIT_PROBLEMS,
  ...OVERLAY_PROBLEMS,
  ...GITOPS_PROBLEMS,
};
