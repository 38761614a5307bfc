import { readYaml } from "../read-yaml.ts";
import { readEntryText } from "../read-text.ts";
import type { DocumentOutcome, InputEntry, Loader, LoaderAccess } from "./define.ts";

/** Standard input, `-`: YAML or JSON. */
export const standardInput: Loader = {
  id: "stdin",
  title: "YAML or JSON from standard input (-)",
  claims: (entry) => entry.kind === "stdin",
  load: loadStandardInput,
};

async function loadStandardInput(entry: InputEntry, access: LoaderAccess): Promise<readonly DocumentOutcome[]> {
  const read = await readEntryText(entry, access.files);
  if ("problem" in read) return [{ kind: "lost", problem: read.problem }];
  return readYaml(read.source, { template: false, syntax: "yaml-syntax" });
}
