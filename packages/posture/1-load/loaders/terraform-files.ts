import type { DocumentOutcome, InputEntry, EntryLoader, LoaderAccess } from "./define.ts";

/** Terraform's files, for the Kubernetes objects in them. The code that reads them is loaded when there is one. */
export const terraformFiles: EntryLoader = {
  id: "terraform",
  title: "Kubernetes resources of Terraform (.tf and .tf.json)",
  claims: (entry) => entry.kind === "file" && /\.tf(?:\.json)?$/iu.test(entry.path),
  load: loadTerraform,
};

async function loadTerraform(entry: InputEntry, access: LoaderAccess): Promise<readonly DocumentOutcome[]> {
  const { loadTerraformFile } = await import("../terraform/load-terraform.ts");
  return entry.kind === "file" ? loadTerraformFile(entry, access) : [];
}
