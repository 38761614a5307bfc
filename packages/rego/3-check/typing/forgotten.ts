import type { Local, ResolvedTerm } from "../../2-resolve/resolved.ts";
import { anyStatic, type StaticType } from "../../builtins/static-type.ts";
import { valuesOf } from "./combine-types.ts";

/** The variables inside of a collection that is given to something that takes anything: as OPA has it, they may be anything from there on. */
export function forgottenLocals(given: ResolvedTerm, taken: StaticType): readonly Local[] {
  if (given.kind !== "array" && given.kind !== "set" && given.kind !== "object") return [];
  const parts = given.kind === "object" ? given.entries.flat() : given.items;
  const within = valuesOf(taken);
  return parts.flatMap((part) => {
    if (part.kind !== "local") return forgottenLocals(part, within ?? anyStatic);
    return within?.kind === "any" && taken.kind !== given.kind ? [part.local] : [];
  });
}
