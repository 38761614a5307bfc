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
  if (!named && !read.source.text.includes('"apiVersion"')) return [{ kind: "not-kubernetes" }];
  return readYaml(read.source, { template: entry.kind === "file" && entry.chartTemplate, syntax: "json-syntax" });
}
