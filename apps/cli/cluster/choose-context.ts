import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { KubeConfig } from "@kubernetes/client-node/dist/config.js";
import { nearestNames } from "@holdfast/core";
import type { Environment } from "../environment.ts";
import { suggestion } from "../output-targets.ts";
import { UsageError } from "../usage-error.ts";
import { CredentialPlugin } from "./credential-plugin.ts";
import { environmentProxy } from "./environment-proxy.ts";
import { readKubeconfig, type Kubeconfig, type NamedEntry } from "./kubeconfig-file.ts";
import { OidcToken } from "./oidc-token.ts";
import { TokenFile } from "./token-file.ts";
import { fieldsOf, type Fields } from "./fields.ts";

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
  /** Forgets a credential that the server does not accept any more, where another can be had: the next request asks for it. Null where there is only the one. */
  readonly renew: (() => void) | null;
}

/** Where a pod finds the credentials of its service account: https://kubernetes.io/docs/tasks/run-application/access-api-from-pod/ */
const SERVICE_ACCOUNT = "/var/run/secrets/kubernetes.io/serviceaccount";

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** A user's settings as the client library understands them. */
function understood(user: Fields, cluster: Fields): Fields {
  const { tokenFile, token, exec, ...rest } = user;
  const file = text(tokenFile);
  const provider = fieldsOf(user["auth-provider"]);
  return {
    ...rest,
    ...(provider["name"] === "oidc" ? { "auth-provider": OidcToken.provider(provider["config"]) } : {}),
    // A file counts more than the token beside it.
    ...(token === undefined || file !== undefined ? {} : { token }),
    ...(file === undefined ? {} : { "auth-provider": TokenFile.provider(file) }),
    ...(exec === undefined || exec === null ? {} : { "auth-provider": CredentialPlugin.provider(fieldsOf(exec), cluster) }),
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

/** The proxy of the environment, as a kubeconfig names one. */
function viaProxy(server: string, variables: Environment["variables"]): Fields {
  const proxy = environmentProxy(server, variables);
  return proxy === null ? {} : { "proxy-url": proxy };
}

/** What the client library is given: one cluster, one user, one context. */
function clientOf(cluster: NamedEntry, user: NamedEntry, context: NamedEntry, plugin: CredentialPlugin): KubeConfig {
  const client = new KubeConfig();
  client.addAuthenticator(plugin);
  client.addAuthenticator(new TokenFile());
  client.addAuthenticator(new OidcToken());
  client.loadFromString(JSON.stringify({ clusters: [cluster], users: [user], contexts: [context], "current-context": context.name }));
  return client;
}

/** The cluster that this program runs in, if it runs in a pod: the API server that the kubelet names, with the token and the authority of the pod's service account. */
function ownCluster(variables: Environment["variables"], folder: string): ChosenContext | null {
  const [host, port] = [variables["KUBERNETES_SERVICE_HOST"] ?? "", variables["KUBERNETES_SERVICE_PORT"] ?? ""];
  const token = path.join(folder, "token");
  if (host === "" || port === "" || !existsSync(token)) return null;
  const server = `https://${host.includes(":") ? `[${host}]` : host}:${port}`;
  let namespace = "default";
  try {
    namespace = readFileSync(path.join(folder, "namespace"), "utf8").trim() || namespace;
  } catch {
    // A pod may mount its token without it.
  }
  const authority = path.join(folder, "ca.crt");
  const cluster = { server, ...viaProxy(server, variables), ...(existsSync(authority) ? { "certificate-authority": authority } : {}) };
  const name = "in-cluster";
  const client = clientOf(
    { name, cluster },
    { name, user: { "auth-provider": TokenFile.provider(token) } },
    { name, context: { cluster: name, user: name, namespace } },
    new CredentialPlugin(variables),
  );
  return { name, namespace, server, client, impersonatedGroups: [], renew: null };
}

/** Finds the cluster that is meant: in the kubeconfig that was named, else in KUBECONFIG, else in ~/.kube/config, else the one that the program runs in. `podFiles` is where a pod finds the credentials of its account. Throws `UsageError`. */
export function chooseContext(
  { kubeconfig, context: wanted }: ClusterChoice,
  { kubeconfigs, variables }: Pick<Environment, "kubeconfigs" | "variables">,
  podFiles: string = SERVICE_ACCOUNT,
): ChosenContext {
  const config = kubeconfig === undefined ? readKubeconfig(kubeconfigs, false) : readKubeconfig([kubeconfig], true);
  if (config === null || (config.contexts.length === 0 && wanted === undefined)) {
    const own = kubeconfig === undefined && wanted === undefined ? ownCluster(variables, podFiles) : null;
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
  const cluster = fieldsOf(clusterEntry["cluster"]);
  const user = fieldsOf(userEntry["user"]);
  const server = text(cluster["server"]);
  if (server === undefined) throw new UsageError(`the cluster ${clusterEntry.name} of the kubeconfig has no server`);
  // The library refuses http without this; kubectl does not, and there is nothing to verify.
  const lenient = server.startsWith("http:") ? { "insecure-skip-tls-verify": true } : {};
  const proxy = text(cluster["proxy-url"]) === undefined ? viaProxy(server, variables) : {};
  const plugin = new CredentialPlugin(variables);
  const client = clientOf(
    { name: clusterEntry.name, cluster: { ...cluster, ...proxy, ...lenient } },
    { name: userEntry.name, user: understood(user, cluster) },
    { name, context: { ...context, user: userEntry.name } },
    plugin,
  );
  const groups = user["as-groups"];
  return {
    name,
    namespace: text(context["namespace"]) ?? "default",
    server: server.replace(/\/$/u, ""),
    client,
    impersonatedGroups: Array.isArray(groups) ? groups.filter((group) => typeof group === "string") : [],
    renew: user["exec"] === undefined || user["exec"] === null ? null : () => plugin.forget(),
  };
}
