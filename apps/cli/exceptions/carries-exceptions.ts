import type { Resource } from "@holdfast/core";

/** Whether a kind of the group kubescape.io is one of exceptions. */
export function isExceptionKind(kind: string): boolean {
  return kind === "SecurityException" || kind === "ClusterSecurityException";
}

/** Whether an object may be an exception or have one in its annotations. It is asked of every object of every scan, and so only looks at what it must. */
export function carriesException({ kind, object }: Resource): boolean {
  if (isExceptionKind(kind)) return true;
  const metadata = object["metadata"] as { readonly annotations?: unknown } | null | undefined;
  const annotations = metadata?.annotations;
  if (typeof annotations !== "object" || annotations === null) return false;
  for (const key in annotations) if (key.startsWith("kubescape.io/skip-") || key.startsWith("holdfast.dev/skip-")) return true;
  return false;
}
