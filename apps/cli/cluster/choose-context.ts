import { existsSync } from "node:fs";
import { KubeConfig } from "@kubernetes/client-node/dist/config.js";
import { nearestNames } from "@holdfast/core";
import type { Environment } from "../environment.ts";
import { suggestion } from "../output-targets.ts";
import { UsageError } from "../usage-error.ts";
import { CredentialPlugin } from "./credential-plugin.ts";
import { readKubeconfig, type Kubeconfig, type NamedEntry } from "./kubeconfig-file.ts";

/** Which cluster is meant. */
export interface ClusterChoice {
  /** A kubeconfig that was named. */
  readonly kubeconfig: string | undefined;
  /** A context of it; undefined for its current one. */
  readonly context: string | undefined;
}

/** A cluster, and who is to ask it. */
export interface ChosenContext {
  readonly name: string;
  readonly namespace: string;
  readonly server: string;
  /** Knows how to authenticate. */
  readonly client: KubeConfig;
  /** Groups that the account takes on, which the client library does not know of. */
  readonly impersonatedGroups: readonly string[];
}

type Fields = Readonly<Record<string, unknown>>;

const SERVICE_ACCOUNT_TOKEN = "/var/run/secrets/kubernetes.io/serviceaccount/token";

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function fields(value: unknown): Fields {
  return typeof value === "object" && value !== null ? (value as Fields) : {};
}

/** A user's settings as the client library understands them. */
function understood(user: Fields, cluster: Fields): Fields {
  const { tokenFile, exec, ...rest } = user;
  const file = text(tokenFile);
  return {
    ...rest,
    ...(file === undefined ? {} : { "auth-provider": { name: "tokenFile", config: { tokenFile: file } } }),
    ...(exec === undefined || exec === null ? {} : { "auth-provider": CredentialPlugin.provider(fields(exec), cluster) }),
  };
}

function find(entries: readonly NamedEntry[], name: string, what: string, context: string): NamedEntry {
  const found = entries.find((entry) => entry.name === name);
  if (found === undefined)
    throw new UsageError(`the context ${context} names the ${what} ${JSON.stringify(name)}, which the kubeconfig does not have`);
  return found;
}

function contextNamed(config: Kubeconfig, wanted: string | undefined): NamedEntry {
  const names = config.contexts.map(({ name }) => name);
  const name = wanted ?? config.currentContext;
  if (name === null)
    throw new UsageError(
      `the kubeconfig has no current context: say which with --cluster=CONTEXT${names.length === 0 ? "" : `, one of ${names.join(", ")}`}`,
    );
  const found = config.contexts.find((context) => context.name === name);
  if (found !== undefined) return found;
  const list = names.length === 0 ? "the kubeconfig has none" : `there are: ${names.join(", ")}`;
  throw new UsageError(
    `there is no context ${JSON.stringify(name)}${suggestion(nearestNames(name, names))}; ${list}. A path is scanned without --cluster.`,
  );
}

/** The cluster that this program runs in, if it runs in a pod. */
function ownCluster(): ChosenContext | null {
  if (!existsSync(SERVICE_ACCOUNT_TOKEN)) return null;
  const client = new KubeConfig();
  client.loadFromCluster();
  const context = client.getContextObject(client.currentContext);
  const server = client.getCurrentCluster()?.server ?? "";
  return { name: "in-cluster", namespace: context?.namespace ?? "default", server, client, impersonatedGroups: [] };
}

/** Finds the cluster that is meant: in the kubeconfig that was named, else in KUBECONFIG, else in ~/.kube/config, else the one that the program runs in. Throws `UsageError`. */
export function chooseContext(
  { kubeconfig, context: wanted }: ClusterChoice,
  { kubeconfigs, variables }: Pick<Environment, "kubeconfigs" | "variables">,
): ChosenContext {
  const config = kubeconfig === undefined ? readKubeconfig(kubeconfigs, false) : readKubeconfig([kubeconfig], true);
  if (config === null || (config.contexts.length === 0 && wanted === undefined)) {
    const own = kubeconfig === undefined && wanted === undefined ? ownCluster() : null;
    if (own !== null) return own;
    const where = config === null ? `there is no kubeconfig (${kubeconfigs.join(", ")})` : "the kubeconfig has no contexts";
    throw new UsageError(
      `no cluster to scan: ${where}.\nName what to scan: holdfast scan PATH …, with - for standard input; or say which cluster, with --kubeconfig FILE or the variable KUBECONFIG.`,
    );
  }
  const { name, context } = contextNamed(config, wanted) as { name: string; context: Fields };
  const clusterEntry = find(config.clusters, text(context["cluster"]) ?? "", "cluster", name);
  const userName = text(context["user"]);
  const userEntry = userName === undefined ? { name: "nobody", user: {} } : find(config.users, userName, "user", name);
  const cluster = fields(clusterEntry["cluster"]);
  const user = fields(userEntry["user"]);
  const server = text(cluster["server"]);
  if (server === undefined) throw new UsageError(`the cluster ${clusterEntry.name} of the kubeconfig has no server`);
  // The library refuses http without this; kubectl does not, and there is nothing to verify.
  const lenient = server.startsWith("http:") ? { "insecure-skip-tls-verify": true } : {};
  const client = new KubeConfig();
  client.addAuthenticator(new CredentialPlugin(variables));
  client.loadFromString(
    JSON.stringify({
      clusters: [{ name: clusterEntry.name, cluster: { ...cluster, ...lenient } }],
      users: [{ name: userEntry.name, user: understood(user, cluster) }],
      contexts: [{ name, context: { ...context, user: userEntry.name } }],
      "current-context": name,
    }),
  );
  const groups = user["as-groups"];
  return {
    name,
    namespace: text(context["namespace"]) ?? "default",
    server: server.replace(/\/$/u, ""),
    client,
    impersonatedGroups: Array.isArray(groups) ? groups.filter((group) => typeof group === "string") : [],
  };
}
