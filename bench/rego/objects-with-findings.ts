import { identityOf, type KubernetesObject } from "@holdfast/core";

/** A finding as far as it names objects, in the form that rules give it. */
interface Named {
  readonly alertObject?: { readonly k8sApiObjects?: readonly KubernetesObject[]; readonly externalObjects?: KubernetesObject };
}

/** The objects that findings are about, each as `kind namespace/name`. A finding about the subject of a binding is one about the binding. */
export function objectsWithFindings(findings: readonly unknown[]): ReadonlySet<string> {
  const identities = new Set<string>();
  for (const { alertObject } of findings as readonly Named[]) {
    for (const object of [...(alertObject?.k8sApiObjects ?? []), ...bindingOf(alertObject?.externalObjects)]) {
      const { kind, namespace, name } = identityOf(object);
      identities.add(`${kind} ${namespace}/${name}`);
    }
  }
  return identities;
}

function bindingOf(subject: KubernetesObject | undefined): readonly KubernetesObject[] {
  if (subject === undefined) return [];
  const related = subject["relatedObjects"];
  return Array.isArray(related) ? (related as readonly KubernetesObject[]).slice(0, 1) : [subject];
}
