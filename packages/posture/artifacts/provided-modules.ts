// Modules that Kubescape gives to every rule. What released rules call of them is here, written anew.
import type { ModuleSource } from "@holdfast/rego";

const CAUTILS = `package cautils

import rego.v1

# Whether a list has an element.
list_contains(list, element) if element in list

# Whether a file's mode has no bit of permission, setuid, setgid or sticky that the widest allowed mode lacks.
unix_permissions_allow(max, actual) if bits.and(bits.and(actual, 4095), bits.negate(max)) == 0
`;

const PROVIDED: readonly { readonly name: RegExp; readonly module: ModuleSource }[] = [
  { name: /\bdata\.cautils\b/u, module: { file: "holdfast:cautils.rego", source: CAUTILS, version: "v1" } },
];

/** The provided modules that a rule names. Of others that Kubescape has (its API client, designators) nothing is called without a network. */
export function providedModules(rego: string): readonly ModuleSource[] {
  return PROVIDED.flatMap(({ name, module }) => (name.test(rego) ? [module] : []));
}
