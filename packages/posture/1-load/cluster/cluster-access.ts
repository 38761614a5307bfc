import type { KubernetesObject } from "@holdfast/core";

/** A kind as an API server serves it, in the version that it prefers. */
export interface ServedKind {
  /** Empty for the core group. */
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  /** The plural name, as in paths and roles: `deployments`. */
  readonly resource: string;
  readonly namespaced: boolean;
}

/** What an API server says that it serves. */
export interface Discovery {
  /** Each kind of each group that can be listed, once. */
  readonly kinds: readonly ServedKind[];
  /** API groups that are registered but did not say what they serve, each with the reason. */
  readonly silentGroups: ReadonlyMap<string, string>;
}

/** One page of a list. */
export interface ListRequest {
  /** Null for all namespaces, and for kinds without. */
  readonly namespace: string | null;
  readonly limit: number;
  /** Where the page before it ended; null for the first. */
  readonly continue: string | null;
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
  /** Ask for nothing of the objects but their metadata. */
  readonly metadataOnly: boolean;
}

/** Why an API server gave no answer to use. */
export type Refusal =
  /** The account lacks the right. */
  | { readonly outcome: "forbidden"; readonly cause: string }
  /** There is no such kind or object. */
  | { readonly outcome: "absent"; readonly cause: string }
  /** The server no longer knows the state that the page would continue. `continue` goes on from there in the present state, where the server offers that. */
  | { readonly outcome: "expired"; readonly cause: string; readonly continue: string | null }
  /** Anything else. `again`: another try may succeed, after `waitMilliseconds` where the server says so; `slow`: it took too long. */
  | {
      readonly outcome: "failed";
      readonly cause: string;
      readonly again: boolean;
      readonly slow: boolean;
      readonly waitMilliseconds: number | null;
    };

/** The answer to a request for one page. The items need not say their kind. */
export type PageAnswer =
  | {
      readonly outcome: "page";
      readonly items: readonly KubernetesObject[];
      readonly continue: string | null;
      /** How large it was, unpacked, where that is known. */
      readonly bytes?: number;
    }
  | Refusal;

/** The answer to a request for one object. */
export type ObjectAnswer = { readonly outcome: "object"; readonly object: KubernetesObject } | Refusal;

/** How a scan reaches a cluster. Every function makes one request, and none throws for what a server answers or fails to answer. */
export interface ClusterAccess {
  /** The name of the context in the kubeconfig. */
  readonly context: string;
  /** The namespace that the context names, or `default`. */
  readonly namespace: string;
  /** The address of the API server. */
  readonly server: string;
  /** What the server says of its version, as `/version` has it: `{major, minor, gitVersion, …}`. */
  readonly version: KubernetesObject;
  readonly discovery: Discovery;
  readonly list: (kind: ServedKind, request: ListRequest) => Promise<PageAnswer>;
  readonly get: (kind: ServedKind, namespace: string, name: string) => Promise<ObjectAnswer>;
  /** Whether the account may do this (a SelfSubjectAccessReview); null where the server does not say. An empty namespace means all of them. */
  readonly mayI: (verb: string, kind: ServedKind, namespace: string) => Promise<boolean | null>;
  /** Lets time pass. */
  readonly wait: (milliseconds: number) => Promise<void>;
}
