import type { Resource } from "@holdfast/core";

/** Whether an object may be an exception or have one in its annotations. It is asked of every object of every scan, and so only looks at what it must. */
export function carriesException({ kind, object }: Resource): boolean {
  if (kind === "SecurityException" || kind === "ClusterSecurityException") return true;
  const metadata = object["metadata"] as { readonly annotations?: unknown } | null | undefined;
  const annotations = metadata?.annotations;
  if (typeof annotations !== "object" || annotations === null) return false;
  for (const key in annotations) if (key.startsWith("kubescape.io/skip-") || key.startsWith("holdfast.dev/skip-")) return true;
  return false;
}
