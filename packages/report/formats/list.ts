import type { FormatEntry } from "./define.ts";

/** All formats, in the order in which help lists them; the first is the one that is used when none is asked for. */
export const formats: readonly FormatEntry[] = [
  {
    id: "pretty",
    title: "for people: scores, findings with code and fixes, what was not judged and why",
    extension: null,
    load: async () => (await import("./pretty.ts")).pretty,
  },
  {
    id: "json",
    title: "the whole result, for automation (schema: holdfast.result/v1)",
    extension: ".json",
    load: async () => (await import("./json.ts")).json,
  },
  {
    id: "yaml",
    title: "the same as json, in YAML",
    extension: ".yaml",
    load: async () => (await import("./yaml.ts")).yaml,
  },
  {
    id: "kubescape-json",
    title: "Kubescape's JSON (v2), for programs that read it",
    extension: ".kubescape.json",
    load: async () => (await import("./kubescape-json.ts")).kubescapeJson,
  },
  {
    id: "sarif",
    title: "SARIF 2.1.0, for code scanning in GitHub, GitLab, Azure DevOps and editors",
    extension: ".sarif",
    load: async () => (await import("./sarif.ts")).sarif,
  },
  {
    id: "html",
    title: "one self-contained page for people: search, filters, code and fixes, without any network",
    extension: ".html",
    load: async () => (await import("./html.ts")).html,
  },
  {
    id: "pdf",
    title: "a document for auditors: scope, method, limits, results by framework section, findings, accepted risks",
    extension: ".pdf",
    load: async () => (await import("./pdf.ts")).pdf,
  },
  {
    id: "gitlab-sast",
    title: "GitLab's security report, for merge requests and the vulnerability page",
    extension: ".gitlab.json",
    load: async () => (await import("./gitlab-sast.ts")).gitlabSast,
  },
  {
    id: "github",
    title: "annotations of a workflow run on GitHub, and its summary page",
    extension: null,
    stepSummary: "markdown",
    load: async () => (await import("./github.ts")).github,
  },
  {
    id: "markdown",
    title: "a comment on a pull request, of at most 65,536 characters",
    extension: ".md",
    load: async () => (await import("./markdown.ts")).markdown,
  },
  {
    id: "junit",
    title: "test results, for build servers",
    extension: ".junit.xml",
    load: async () => (await import("./junit.ts")).junit,
  },
  {
    id: "csv",
    title: "a table of findings, controls and scores, for spreadsheets",
    extension: ".csv",
    load: async () => (await import("./csv.ts")).csv,
  },
  {
    id: "prometheus",
    title: "metrics for Prometheus, for dashboards and alerts",
    extension: ".prom",
    load: async () => (await import("./prometheus.ts")).prometheus,
  },
  {
    id: "policyreport",
    title: "PolicyReports (wgpolicyk8s.io/v1alpha2), for kubectl apply",
    extension: ".policyreport.yaml",
    load: async () => (await import("./policyreport.ts")).policyreport,
  },
];
