import {
  identityOf,
  makeProblem,
  type Inputs,
  type KubernetesObject,
  type Problem,
  type Resource,
  type RuleDescription,
} from "@holdfast/core";
import { accountOf, accountOfAbsent, clusterInputs, type KindAccount } from "./cluster-account.ts";
import type { ClusterAccess, ServedKind } from "./cluster-access.ts";
import { CLUSTER_PROBLEMS } from "./cluster-problems.ts";
import type { ClusterRequest } from "./cluster-request.ts";
import { selectsObject } from "./label-selector.ts";
import { CAREFUL_PAGE, listKind, PAGE, type ListEnd } from "./list-kind.ts";
import { isWorkload, Owners, waveOf } from "./owners.ts";
import { serverInfo, SERVER_INFO } from "./server-info.ts";
import { UnreadKinds, type UnreadKind } from "./unread-kinds.ts";
import { matchesKind, wantedKinds, type WantedKind, type WantedKinds } from "./wanted-kinds.ts";

/** What came out of a cluster. */
export interface ClusterLoad {
  /** By kind, namespace and name. */
  readonly resources: readonly Resource[];
  readonly inputs: Inputs;
  readonly problems: readonly Problem[];
  /** What rules must not take for absent. */
  readonly unread: UnreadKinds;
  /** Places of resources that others are judged by and that were not asked for themselves. */
  readonly context: ReadonlySet<number>;
  /** What was named and can't be read, as results call it; each has a problem too. */
  readonly unreadablePaths: readonly string[];
}

/** How a cluster is read. */
export interface ClusterLoadOptions {
  /** The rules that will be evaluated. */
  readonly rules: readonly RuleDescription[];
  /** Whether a rule may look at the values of Secrets; for the others their metadata is all that is read. */
  readonly readsSecretValues: (rule: RuleDescription) => boolean;
  readonly request: ClusterRequest;
  /** Looks at an object as soon as it is there, and gives what is to be kept of it; without it objects are kept as they are. */
  readonly take?: (object: KubernetesObject) => KubernetesObject;
  /** Kinds whose objects may be large. */
  readonly areLarge?: (kind: ServedKind) => boolean;
  readonly onProgress?: (objects: number, kinds: number, of: number) => void;
}

/** Lists that run at the same time: enough to hide the way to the server, few enough for a small control plane. */
const CONCURRENCY = 6;

/** One list: a kind, in all namespaces or one. */
interface Job extends WantedKind {
  readonly namespace: string | null;
  /** The name of the one object to list; null for all. */
  readonly name: string | null;
  readonly account: KindAccount;
}

interface ReadObject {
  readonly kind: ServedKind;
  readonly judged: boolean;
  readonly object: KubernetesObject;
}

/** Reads from a cluster what some rules need, several kinds at a time, page by page. Objects that repeat their owner are left out as they come. Never rejects over what the server does. */
export async function loadCluster(access: ClusterAccess, options: ClusterLoadOptions): Promise<ClusterLoad> {
  const kinds = wantedKinds(options.rules, access.discovery, options.request);
  const reading = new ClusterReading(access, options, kinds);
  for (const wave of [0, 1, 2]) await reading.readWave(wave);
  return reading.result();
}

/** How problems and skips call a kind: `deployments.apps`, as kubectl does. */
export function resourceName({ group, resource }: ServedKind): string {
  return group === "" ? resource : `${resource}.${group}`;
}

function isNamespace({ group, kind }: ServedKind): boolean {
  return group === "" && kind === "Namespace";
}

/** Whether the values of Secrets may stay where they are. */
export function metadataOnly({ group, kind }: ServedKind, { rules, readsSecretValues }: ClusterLoadOptions): boolean {
  return group === "" && kind === "Secret" && !rules.some(readsSecretValues);
}

/** Where a kind is listed: once, or in each namespace that was asked for. Of Namespaces those are listed by their names. */
export function placesOf(kind: ServedKind, included: readonly string[]): readonly Pick<Job, "namespace" | "name">[] {
  const names = [...new Set(included)];
  if (names.length === 0) return [{ namespace: null, name: null }];
  if (kind.namespaced) return names.map((namespace) => ({ namespace, name: null }));
  return isNamespace(kind) ? names.map((name) => ({ namespace: null, name })) : [{ namespace: null, name: null }];
}

/** The reading of one cluster. */
class ClusterReading {
  readonly #access: ClusterAccess;
  readonly #options: ClusterLoadOptions;
  readonly #kinds: WantedKinds;
  readonly #jobs: readonly Job[];
  readonly #owners = new Owners();
  readonly #read: ReadObject[] = [];
  readonly #uids = new Set<string>();
  readonly #problems: Problem[] = [];
  readonly #unread: UnreadKind[] = [];
  #done = 0;

  constructor(access: ClusterAccess, options: ClusterLoadOptions, kinds: WantedKinds) {
    this.#access = access;
    this.#options = options;
    this.#kinds = kinds;
    this.#jobs = kinds.wanted.flatMap(({ kind, judged }) => {
      const account = accountOf(kind);
      if (metadataOnly(kind, options)) account.metadataOnly = true;
      return placesOf(kind, options.request.includeNamespaces).map((place) => ({ kind, judged, ...place, account }));
    });
    for (const kind of kinds.excluded) {
      const { group, kind: name } = kind;
      this.#unread.push({ group, kind: name, reason: "excluded", detail: `${resourceName(kind)} left out by --exclude-kinds` });
    }
    for (const [group, cause] of kinds.silentGroups) {
      this.#problems.push(makeProblem(CLUSTER_PROBLEMS, "cluster-group-silent", { subject: group, cause }));
      this.#unread.push({ group, kind: "*", reason: "failed", detail: `the API group ${group} does not answer: ${cause}` });
    }
  }

  /** Lists the kinds whose owners are known by now. */
  async readWave(wave: number): Promise<void> {
    const jobs = this.#jobs.filter(({ kind }) => waveOf(kind) === wave);
    let next = 0;
    const work = async (): Promise<void> => {
      for (let at = next++; at < jobs.length; at = next++) {
        const job = jobs[at];
        if (job !== undefined) await this.#list(job);
      }
    };
    await Promise.all(Array.from({ length: Math.min(CONCURRENCY, jobs.length) }, work));
  }

  async #list(job: Job): Promise<void> {
    const { kind, account, namespace } = job;
    const { labels, fields } = this.#selectors(job);
    // They count as owners only once it is sure that their list is used.
    const owners = new Set<string>();
    const end = await listKind(this.#access, {
      kind,
      namespace,
      ...(labels === null ? {} : { labelSelector: labels }),
      ...(fields === null ? {} : { fieldSelector: fields }),
      metadataOnly: account.metadataOnly === true,
      keeps: (object) => {
        const uid = this.#owners.uidOf(kind, object);
        if (uid !== null) owners.add(uid);
        return !this.#owners.has(kind, object);
      },
      take: this.#options.take,
      firstPage: this.#options.areLarge?.(kind) === true ? CAREFUL_PAGE : PAGE,
    });
    this.#done += 1;
    if (end.state === "listed") {
      this.#owners.add(owners);
      account.lists += 1;
      account.listed += end.objects.length + end.leftOut;
      account.owned += end.leftOut;
      for (const object of end.objects) this.#keep(job, object);
    } else this.#lose(job, end);
    this.#options.onProgress?.(this.#read.length, this.#done, this.#jobs.length);
  }

  #keep({ kind, judged, account }: Job, object: KubernetesObject): void {
    const uid = (object["metadata"] as KubernetesObject)["uid"];
    if (typeof uid === "string") {
      // One object may be served by two groups.
      if (this.#uids.has(uid)) {
        account.repeated += 1;
        return;
      }
      this.#uids.add(uid);
    }
    account.produced += 1;
    const { selector } = this.#options.request;
    this.#read.push({ kind, judged: judged && (selector === null || selectsObject(selector, object)), object });
  }

  #lose({ kind, namespace, account }: Job, { state, cause, dropped }: Exclude<ListEnd, { readonly state: "listed" }>): void {
    account.listed += dropped;
    account.dropped += dropped;
    const what = `${resourceName(kind)}${namespace === null ? "" : ` in namespace ${namespace}`}`;
    if (state === "vanished") {
      if (account.lists === 0 && account.lost === 0) account.state = "vanished";
      this.#problems.push(makeProblem(CLUSTER_PROBLEMS, "cluster-kind-vanished", { subject: what, cause }));
      return;
    }
    account.lost += 1;
    account.detail = account.detail === undefined ? cause : `${account.detail}; ${cause}`;
    // A namespace that fails outweighs one that is forbidden: another scan may read it.
    account.state = state === "forbidden" && account.state !== "failed" ? "forbidden" : "failed";
    const code = state === "forbidden" ? "cluster-list-forbidden" : state === "expired" ? "cluster-list-expired" : "cluster-list-failed";
    this.#problems.push(makeProblem(CLUSTER_PROBLEMS, code, { subject: `list ${what}`, cause }));
  }

  /** Workloads are selected by the server. Other objects are needed to judge them, whatever labels they have. */
  #selectors({ kind, name }: Job): { readonly labels: string | null; readonly fields: string | null } {
    const { selector, excludeNamespaces, includeNamespaces } = this.#options.request;
    const labels = selector !== null && isWorkload(kind) ? selector.text : null;
    if (name !== null) return { labels, fields: `metadata.name=${name}` };
    const key = kind.namespaced ? "metadata.namespace" : isNamespace(kind) ? "metadata.name" : null;
    if (key === null || includeNamespaces.length > 0 || excludeNamespaces.length === 0) return { labels, fields: null };
    return { labels, fields: excludeNamespaces.map((one) => `${key}!=${one}`).join(",") };
  }

  /** The accounts of all kinds. One that was read in some namespaces is partial; one that was read in none must not be taken for absent. */
  #accounts(): readonly KindAccount[] {
    const jobs = [...new Map(this.#jobs.map((job) => [job.account, job.kind]))];
    for (const [account, kind] of jobs) {
      if (account.lost === 0) continue;
      if (account.lists > 0) {
        account.state = "partial";
        continue;
      }
      const reason = account.state === "forbidden" ? "forbidden" : "failed";
      const what = `list ${resourceName(kind)}`;
      const detail = reason === "forbidden" ? `forbidden: ${what}` : `${what} failed: ${account.detail ?? ""}`;
      this.#unread.push({ group: kind.group, kind: kind.kind, reason, detail });
    }
    const wantsInfo = this.#kinds.notServed.some((pattern) => matchesKind(pattern, SERVER_INFO));
    if (wantsInfo) this.#read.push({ kind: SERVER_INFO, judged: true, object: serverInfo(this.#access.version) });
    return [
      ...jobs.map(([account]) => account),
      ...this.#kinds.excluded.map((kind) => accountOf(kind, "excluded")),
      ...this.#kinds.notServed
        .filter((pattern) => !matchesKind(pattern, SERVER_INFO))
        .map((pattern) => {
          const detail = this.#kinds.silentGroups.get(pattern.group);
          return detail === undefined
            ? accountOfAbsent(pattern)
            : { ...accountOfAbsent(pattern), state: "failed" as const, lost: 1, detail };
        }),
      ...(wantsInfo ? [{ ...accountOf(SERVER_INFO), lists: 1, listed: 1, produced: 1 }] : []),
    ];
  }

  /** What was read, once all waves are done. */
  result(): ClusterLoad {
    const kinds = this.#accounts();
    const read = this.#read.map(({ judged, object }) => ({ judged, resource: { ...identityOf(object), object, file: null, line: null } }));
    read.sort((a, b) => compare(sortKey(a.resource), sortKey(b.resource)));
    const problems = this.#problems.toSorted((a, b) => compare([a.code, a.subject], [b.code, b.subject]));
    return {
      resources: read.map(({ resource }) => resource),
      inputs: clusterInputs(this.#access, this.#options.request, kinds),
      problems,
      unread: new UnreadKinds(this.#unread.toSorted((a, b) => compare([a.group, a.kind], [b.group, b.kind]))),
      context: new Set(read.flatMap(({ judged }, place) => (judged ? [] : [place]))),
      unreadablePaths: [],
    };
  }
}

function sortKey({ apiVersion, kind, namespace, name }: Resource): readonly string[] {
  return [apiVersion, kind, namespace, name];
}

function compare(a: readonly string[], b: readonly string[]): number {
  for (const [at, text] of a.entries()) {
    const other = b[at] ?? "";
    if (text !== other) return text < other ? -1 : 1;
  }
  return 0;
}
