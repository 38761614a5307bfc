/** A finding as far as it names objects, in the form that rules give it. */
interface Named {
  readonly alertObject?: { readonly k8sApiObjects?: readonly unknown[]; readonly externalObjects?: unknown };
}

interface Identified {
  readonly kind?: unknown;
  readonly metadata?: { readonly namespace?: unknown; readonly name?: unknown };
  readonly relatedObjects?: readonly unknown[];
}

/** The objects that findings are about, each as `kind namespace/name`. A finding about the subject of a binding is one about the binding. */
export function objectsWithFindings(findings: readonly unknown[]): ReadonlySet<string> {
  const identities = new Set<string>();
  for (const { alertObject } of findings as readonly Named[]) {
    const subject = alertObject?.externalObjects as Identified | undefined;
    const objects = alertObject?.k8sApiObjects ?? [subject?.relatedObjects?.[0] ?? subject];
    for (const { kind, metadata } of objects.filter((object) => object !== undefined) as readonly Identified[]) {
      identities.add(`${String(kind)} ${String(metadata?.namespace ?? "")}/${String(metadata?.name)}`);
    }
  }
  return identities;
}
