import type { CommandEntry } from "./define.ts";

/** All commands, in the order of help. */
export const commands: readonly CommandEntry[] = [
  {
    name: "scan",
    description: "judge Kubernetes manifests in files and folders",
    load: async () => (await import("./scan.ts")).declareScan,
  },
  {
    name: "fix",
    description: "change files so that what a scan finds in them is fixed",
    load: async () => (await import("./fix.ts")).declareFix,
  },
  {
    name: "report",
    description: "show a stored result (from scan --format json) in any format",
    load: async () => (await import("./report.ts")).declareReport,
  },
  {
    name: "diff",
    description: "compare two scans: what is new, resolved, unchanged, accepted, and what can't be compared",
    load: async () => (await import("./diff.ts")).declareDiff,
  },
  {
    name: "trend",
    description: "show the scores, coverage and counts of stored results over time",
    load: async () => (await import("./trend.ts")).declareTrend,
  },
  {
    name: "next",
    description: "say the single most valuable thing to fix now, and how to prove it fixed",
    load: async () => (await import("./next.ts")).declareNext,
  },
  {
    name: "explain",
    description: "say what a control means, why it matters, how to fix it and what it can't see",
    load: async () => (await import("./explain.ts")).declareExplain,
  },
  {
    name: "list",
    description: "list controls, frameworks, output formats or parameters",
    load: async () => (await import("./list-command.ts")).declareList,
  },
  {
    name: "download",
    description: "write frameworks, controls, parameters and attack tracks as policy files of Kubescape's form",
    load: async () => (await import("./download.ts")).declareDownload,
  },
  {
    name: "library",
    description: "install a newer control library, and say which one is used",
    load: async () => (await import("./library.ts")).declareLibrary,
  },
  {
    name: "exceptions",
    description: "prove what exceptions do; write, convert and remove them",
    load: async () => (await import("./exceptions.ts")).declareExceptions,
  },
  {
    name: "rego",
    description: "tools for Rego: evaluate, test, check and build modules",
    load: async () => (await import("./rego.ts")).declareRego,
  },
  {
    name: "decrypt",
    description: "read an output that was written with --encrypt or --recipient",
    load: async () => (await import("./decrypt.ts")).declareDecrypt,
  },
  {
    name: "keygen",
    description: "make a key that outputs can be encrypted for",
    load: async () => (await import("./keygen.ts")).declareKeygen,
  },
  {
    name: "config",
    description: "show and set the options that holdfast.yaml holds",
    load: async () => (await import("./config.ts")).declareConfig,
  },
  {
    name: "completion",
    description: "print the script that completes words of the command line in a shell",
    load: async () => (await import("./completion.ts")).declareCompletion,
  },
  {
    name: "version",
    description: "print the version of Holdfast and of the Node it runs on",
    load: async () => (await import("./version.ts")).declareVersion,
  },
];
