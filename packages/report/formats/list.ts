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
];
