import type { ProblemCatalogue } from "@holdfast/core";
import { ARCHIVE_PROBLEMS, type ArchiveProblemCode } from "./archive-problems.ts";
import { TERRAFORM_PROBLEMS, type TerraformProblemCode } from "./terraform-problems.ts";
import { GITOPS_PROBLEMS, type GitopsProblemCode } from "./gitops-problems.ts";
import { OVERLAY_PROBLEMS, type OverlayProblemCode } from "./overlay-problems.ts";

/** Codes of what can go wrong when inputs are read. */
export type LoadProblemCode =
  | ArchiveProblemCode
  | OverlayProblemCode
  | GitopsProblemCode
  | TerraformProblemCode
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
  | "tool-missing"
  | "tool-failed"
  | "chart-invalid"
  | "chart-render"
  | "chart-dependencies"
  | "chart-values"
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
    remedy:
      "Of a chart, name the chart's own folder, which is rendered. Else render it and scan the result, or list it in .holdfastignore.",
  },
  "tool-missing": {
    stage: "load",
    effect: "lost",
    title: "The tool that renders an input is not installed",
    explanation:
      "Charts are rendered by Helm, overlays by Kustomize: by the programs that also bring them to a cluster, so that what is judged is what is deployed. The program was not found, so nothing of this input was judged.",
    remedy: "Install the tool (`helm` for charts, `kustomize` or `kubectl` for overlays) and put it on the PATH.",
  },
  "tool-failed": {
    stage: "load",
    effect: "lost",
    title: "The tool that renders an input was stopped",
    explanation:
      "It took longer than 30 seconds, printed more than 64 MiB, used more than 2 GiB of memory, or could not be run at all. Nothing of this input was judged; the rest of the scan went on.",
    remedy:
      "Run the tool by hand to see what it does; most often a template repeats something without end. Or list the input in .holdfastignore.",
  },
  "chart-invalid": {
    stage: "load",
    effect: "lost",
    title: "A chart can't be loaded",
    explanation:
      "Its Chart.yaml can't be read or lacks what every chart must say, or it has more or larger files than a chart may have. Nothing of it was judged.",
    remedy: "Correct the chart: `helm lint` says what is wrong with it.",
  },
  "chart-render": {
    stage: "load",
    effect: "lost",
    title: "A template of a chart can't be rendered",
    explanation:
      "Helm refused the template with the values that it was given. What it stands for was not judged; the chart's other templates were, where Helm can render them without it.",
    remedy: "Correct the template at this line, or give the value that it asks for with --values or --set.",
  },
  "chart-dependencies": {
    stage: "load",
    effect: "lost",
    title: "Charts that a chart depends on are missing",
    explanation:
      "Its Chart.yaml names dependencies that are not in its folder `charts`, and nothing is fetched without being asked for. Nothing of the chart was judged.",
    remedy: "Run `helm dependency build` in the chart's folder, or allow fetching them with --allow-network.",
  },
  "chart-values": {
    stage: "load",
    effect: "lost",
    title: "A chart does not accept the values that it was given",
    explanation:
      "A values file can't be read, a value on the command line has no such form, or the chart's values.schema.json refuses what it says. Nothing of the chart was judged.",
    remedy: "Correct the values: the files of --values, what --set and its likes say, or the chart's own values.yaml.",
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
  ...OVERLAY_PROBLEMS,
  ...GITOPS_PROBLEMS,
  ...TERRAFORM_PROBLEMS,
};
