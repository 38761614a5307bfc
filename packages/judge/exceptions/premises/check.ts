import type { Estate } from "../estate.ts";
import { checkImageAbsent } from "./image-absent.ts";
import { checkNamespaceMutated } from "./namespace-mutated.ts";
import type { Premise } from "./premise.ts";
import { checkRoleBoundLocally } from "./role-bound-locally.ts";

/** Why a premise does not hold, or that it can't be checked; null where it holds. */
export function premiseFault(premise: Premise, estate: Estate): string | null {
  switch (premise.kind) {
    case "namespace-mutated":
      return checkNamespaceMutated(premise, estate);
    case "role-bound-by-rolebindings-only":
      return checkRoleBoundLocally(premise, estate);
    case "image-absent":
      return checkImageAbsent(premise, estate);
  }
}
