import { auditExceptions, type AuditedException, type AuditedWorld } from "./audit.ts";
import type { Exception } from "./exception.ts";
import type { InertReason } from "./inert-reason.ts";

/** An exception that can go, and why. */
export interface RemovableException {
  readonly exception: Exception;
  readonly why: string;
}

/** Ways of being without effect that come from the estate itself. The others may come from what a scan was told to look at. */
const GONE: ReadonlySet<InertReason["code"]> = new Set(["already-fixed", "name-absent", "kind-absent", "namespace-absent", "image-absent"]);

function whyRemovable({ verdicts, worlds, shadowedBy }: AuditedException, broad: ReadonlySet<string>): string | null {
  if (verdicts.includes("expired")) return worlds[0]?.notApplied?.detail ?? "it expired";
  // Of what was not seen whole, nobody knows what returns.
  if (worlds.some(({ incomplete }) => incomplete)) return null;
  const inert = worlds.map((world) => world.inert);
  if (inert.every((reason) => reason !== null && GONE.has(reason.code))) return inert.map((reason) => reason?.text ?? "").join("; ");
  // What is narrow must not give way to what is too wide.
  return shadowedBy.length > 0 && !shadowedBy.some((name) => broad.has(name))
    ? `${shadowedBy.join(", ")} ${shadowedBy.length === 1 ? "accepts" : "accept"} all that it accepts`
    : null;
}

/**
 * The exceptions that can be removed without a finding returning, in their order: expired ones, those whose objects are gone or fixed, and those that others shadow which are not over-broad.
 * Of several that shadow each other, one stays. Where data were lost, only expired ones go.
 */
export function removableExceptions(
  worlds: readonly AuditedWorld[],
  exceptions: readonly Exception[],
  now: number,
): readonly RemovableException[] {
  const removed = new Map<Exception, string>();
  let left = exceptions;
  for (;;) {
    const all = auditExceptions(worlds, left, now);
    const broad = new Set(all.flatMap(({ exception, overBroad }) => (overBroad.length > 0 ? [exception.name] : [])));
    const removable = all.flatMap((audited) => {
      const why = whyRemovable(audited, broad);
      return why === null
        ? []
        : [
            {
              exception: audited.exception,
              why,
              shadowed: !audited.verdicts.includes("expired") && audited.worlds.some(({ inert }) => inert === null),
            },
          ];
    });
    // Whether one is shadowed depends on those that stay: they go one by one.
    const firm = removable.filter(({ shadowed }) => !shadowed);
    const next = firm.length > 0 ? firm : removable.slice(0, 1);
    if (next.length === 0) break;
    for (const { exception, why } of next) removed.set(exception, why);
    left = left.filter((exception) => !removed.has(exception));
  }
  return exceptions.flatMap((exception) => {
    const why = removed.get(exception);
    return why === undefined ? [] : [{ exception, why }];
  });
}
