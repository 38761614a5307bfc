import { readYaml } from "../read-yaml.ts";
import { readEntryText } from "../read-text.ts";
import type { DocumentOutcome, EntryLoader, InputEntry, LoaderAccess } from "./define.ts";

/** YAML files, with as many documents as they hold; and every file that the user names, whatever it is called. */
export const yamlFiles: EntryLoader = {
  id: "yaml",
  title: "YAML files with one or many documents",
  claims: (entry) => entry.kind === "file" && (entry.named || /\.ya?ml$/iu.test(entry.path)),
  load: loadYamlFile,
};

async function loadYamlFile(entry: InputEntry, access: LoaderAccess): Promise<readonly DocumentOutcome[]> {
  const read = await readEntryText(entry, access.files);
  if ("problem" in read) return [{ kind: "lost", problem: read.problem }];
  const { chartTemplate, inChart = false } = entry.kind === "file" ? entry : { chartTemplate: false, inChart: false };
  return readYaml(read.source, { template: chartTemplate, inChart, syntax: "yaml-syntax" });
}
