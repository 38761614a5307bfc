import { readYaml } from "../read-yaml.ts";
import { readEntryText } from "../read-text.ts";
import type { DocumentOutcome, InputEntry, Loader, LoaderAccess } from "./define.ts";

/**
 * JSON files. JSON is YAML in flow style, so they are read by the same parser, which knows places. Repositories are full of JSON that has nothing to do with
 * Kubernetes, some of it with comments or very large: what does not so much as mention `apiVersion` is told apart before it is parsed.
 */
export const jsonFiles: Loader = {
  id: "json",
  title: "JSON files",
  claims: (entry) => entry.kind === "file" && /\.json$/iu.test(entry.path),
  load: loadJsonFile,
};

async function loadJsonFile(entry: InputEntry, access: LoaderAccess): Promise<readonly DocumentOutcome[]> {
  const read = await readEntryText(entry, access.files);
  if ("problem" in read) return [{ kind: "lost", problem: read.problem }];
  const named = entry.kind === "file" && entry.named;
  const { text } = read.source;
  const other: DocumentOutcome = { kind: "not-kubernetes", ...(text.includes(EXCEPTIONS) ? { exceptions: true } : {}) };
  if (!named && !text.includes('"apiVersion"')) return [other];
  const outcomes = readYaml(read.source, { template: entry.kind === "file" && entry.chartTemplate, syntax: "json-syntax" });
  return outcomes.map((outcome) => (outcome.kind === "not-kubernetes" ? other : outcome));
}

/** What each exception of Kubescape's form says of itself. */
const EXCEPTIONS = '"postureExceptionPolicy"';
