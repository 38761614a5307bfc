import type { Environment } from "../environment.ts";

/** The passphrase that outputs are encrypted with and read by: HOLDFAST_ENCRYPTION_KEY, else Kubescape's variable of the same meaning; undefined where neither says anything. */
export function encryptionPassphrase({ variables }: Pick<Environment, "variables">): string | undefined {
  return [variables["HOLDFAST_ENCRYPTION_KEY"], variables["KUBESCAPE_MASTER_KEY"]].find((one) => (one ?? "") !== "");
}
