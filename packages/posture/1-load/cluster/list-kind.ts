import { identityOf, type KubernetesObject } from "@holdfast/core";
import type { ClusterAccess, ListRequest, PageAnswer, ServedKind } from "./cluster-access.ts";
import { storedObject } from "./stored-object.ts";

/** What is listed, and what becomes of each object. */
export interface ListJob {
  readonly kind: ServedKind;
  /** Null for all namespaces, and for kinds without. */
  readonly namespace: string | null;
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
  readonly metadataOnly: boolean;
  /** Whether to keep an object; the others are only counted. */
  readonly keeps: (object: KubernetesObject) => boolean;
  /** Looks at an object that has come, and gives what is to be kept of it; without it objects are kept as they are. */
  readonly take?: ((object: KubernetesObject) => KubernetesObject) | undefined;
  /** Objects on the first page, before it is known how large they are; {@link PAGE} where it is not said. */
  readonly firstPage?: number;
}

/** How a list ended. But for `listed`, nothing of it is kept. */
export type ListEnd =
  | {
      readonly state: "listed";
      readonly objects: readonly KubernetesObject[];
      /** Objects that were listed and not kept. */
      readonly leftOut: number;
    }
  | {
      readonly state: "forbidden" | "vanished" | "failed" | "expired";
      readonly cause: string;
      /** Objects that had been read. */ readonly dropped: number;
    };

/** Objects on a page: few enough for one page to be short work, many enough for few requests. */
export const PAGE = 500;
/** The same where objects may be large. */
export const CAREFUL_PAGE = 10;
/** A page that takes too long is asked for again with half as many objects, down to this; one that was shorter from the start, down to a few. */
const SHORTEST_PAGE = 50;
/** Bytes of a page: the next one has as many objects as fit by the size of those before, and a few at least. */
const PAGE_BYTES = 4 * 2 ** 20;
const FEW = 5;
/** Tries of one page. */
const TRIES = 5;
/** How often one list may expire. */
const EXPIRIES = 4;
const FIRST_WAIT = 200;
const LONGEST_WAIT = 5000;

/** Objects by name, kept or not: a list that goes on after it expired may name one again. */
class Listed {
  readonly #kept = new Map<string, KubernetesObject>();
  readonly #leftOut = new Set<string>();
  readonly #job: ListJob;

  constructor(job: ListJob) {
    this.#job = job;
  }

  add(items: readonly KubernetesObject[]): void {
    for (const item of items) {
      const object = storedObject(this.#job.kind, item, this.#job.metadataOnly);
      const { namespace, name } = identityOf(object);
      const identity = `${namespace}/${name}`;
      this.#kept.delete(identity);
      this.#leftOut.delete(identity);
      if (this.#job.keeps(object)) this.#kept.set(identity, this.#job.take?.(object) ?? object);
      else this.#leftOut.add(identity);
    }
  }

  clear(): void {
    this.#kept.clear();
    this.#leftOut.clear();
  }

  get objects(): readonly KubernetesObject[] {
    return [...this.#kept.values()];
  }

  get leftOut(): number {
    return this.#leftOut.size;
  }

  get size(): number {
    return this.#kept.size + this.#leftOut.size;
  }
}

/** How many objects of the size of a page's fit on one. */
function fitting({ items, bytes = 0 }: Extract<PageAnswer, { readonly outcome: "page" }>): number {
  return bytes === 0 || items.length === 0 ? PAGE : Math.max(FEW, Math.floor((PAGE_BYTES * items.length) / bytes));
}

/** How long to wait before another try: what the server says, else twice as long each time. */
export function pause(failures: number, told: number | null): number {
  return Math.min(LONGEST_WAIT, told ?? FIRST_WAIT * 2 ** (failures - 1));
}

/**
 * Lists all objects of a kind, page by page. What fails in passing is tried again. A list that the server forgot goes on from where it was, in the present state, where the server offers that; else it begins
 * again and what was read is forgotten. Either way each object is there once.
 */
export async function listKind(access: ClusterAccess, job: ListJob): Promise<ListEnd> {
  const listed = new Listed(job);
  const { kind, namespace, labelSelector, fieldSelector, metadataOnly } = job;
  const base = {
    namespace,
    metadataOnly,
    ...(labelSelector === undefined ? {} : { labelSelector }),
    ...(fieldSelector === undefined ? {} : { fieldSelector }),
  };
  let limit = job.firstPage ?? PAGE;
  let most = PAGE;
  let at: string | null = null;
  let failures = 0;
  let expiries = 0;
  const ended = (state: "forbidden" | "vanished" | "failed" | "expired", cause: string): ListEnd => ({
    state,
    cause,
    dropped: listed.size,
  });
  for (;;) {
    const request: ListRequest = { ...base, limit, continue: at };
    const answer = await access.list(kind, request);
    switch (answer.outcome) {
      case "page":
        listed.add(answer.items);
        failures = 0;
        if (answer.continue === null) return { state: "listed", objects: listed.objects, leftOut: listed.leftOut };
        // A server that sends the same token for ever would be asked for ever.
        if (answer.continue === at) return ended("failed", "the server's pages do not come to an end");
        at = answer.continue;
        limit = Math.min(most, fitting(answer));
        break;
      case "forbidden":
        return ended("forbidden", answer.cause);
      case "absent":
        return ended("vanished", answer.cause);
      case "expired":
        expiries += 1;
        if (expiries > EXPIRIES) return ended("expired", `${answer.cause} (${expiries} times)`);
        if (answer.continue === null || answer.continue === at) listed.clear();
        at = answer.continue === at ? null : answer.continue;
        break;
      case "failed":
        failures += 1;
        if (!answer.again || failures >= TRIES) return ended("failed", failures > 1 ? `${answer.cause} (${failures} tries)` : answer.cause);
        if (answer.slow) most = Math.max(limit < SHORTEST_PAGE ? FEW : SHORTEST_PAGE, Math.floor(limit / 2));
        limit = Math.min(limit, most);
        await access.wait(pause(failures, answer.waitMilliseconds));
        break;
    }
  }
}
