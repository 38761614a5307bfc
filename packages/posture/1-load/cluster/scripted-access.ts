import type { KubernetesObject } from "@holdfast/core";
import type { ClusterAccess, Discovery, ListRequest, PageAnswer, ServedKind } from "./cluster-access.ts";

/** A request that a test's cluster was sent. */
export interface SentRequest extends ListRequest {
  readonly kind: string;
}

/** A kind for tests, as an API server serves it. */
export function servedKind(name: string, namespaced = true): ServedKind {
  const [kind = "", group = ""] = name.split("/").toReversed();
  return { group, version: "v1", kind, resource: `${kind.toLowerCase()}s`, namespaced };
}

/** A cluster for tests that answers as it is told. `waits` gathers how long it was let alone. */
export function scriptedAccess(
  kinds: readonly ServedKind[],
  answer: (request: SentRequest, sent: readonly SentRequest[]) => PageAnswer,
  silentGroups: Discovery["silentGroups"] = new Map(),
): { readonly access: ClusterAccess; readonly sent: readonly SentRequest[]; readonly waits: readonly number[] } {
  const sent: SentRequest[] = [];
  const waits: number[] = [];
  const access: ClusterAccess = {
    context: "test",
    namespace: "default",
    server: "https://test",
    version: { gitVersion: "v1.34.4" },
    discovery: { kinds, silentGroups },
    list: async ({ kind }, request) => {
      const one = { ...request, kind };
      sent.push(one);
      return answer(one, sent);
    },
    get: async () => ({ outcome: "absent", cause: "not found" }),
    mayI: async () => true,
    wait: async (milliseconds) => void waits.push(milliseconds),
  };
  return { access, sent, waits };
}

/** A list of objects in pages of at most this many, whose tokens are places in it. Objects are in the order of their names, as in a cluster. */
export function pageFrom(objects: readonly KubernetesObject[], { limit, continue: at }: ListRequest, most: number = limit): PageAnswer {
  const start = at === null ? 0 : Number(at);
  const end = start + Math.min(limit, most);
  return { outcome: "page", items: objects.slice(start, end), continue: end < objects.length ? String(end) : null };
}

/** Objects for tests, named by their place. */
export function numberedObjects(count: number): readonly KubernetesObject[] {
  return Array.from({ length: count }, (_, place) => ({
    metadata: { name: `o-${String(place).padStart(5, "0")}`, namespace: "shop", uid: `uid-${place}` },
  }));
}
