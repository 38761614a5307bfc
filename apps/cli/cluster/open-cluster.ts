import { setTimeout as wait } from "node:timers/promises";
import type { KubernetesObject } from "@holdfast/core";
import type { ClusterAccess, ListRequest, ObjectAnswer, PageAnswer, Refusal, ServedKind } from "@holdfast/posture";
import type { Environment } from "../environment.ts";
import { UsageError } from "../usage-error.ts";
import { ApiServer, NoReply, type Reply } from "./api-server.ts";
import { chooseContext, type ChosenContext, type ClusterChoice } from "./choose-context.ts";
import { discover } from "./discovery.ts";
import { fieldsOf } from "./fields.ts";

/** A cluster that answers. */
export interface OpenCluster {
  readonly access: ClusterAccess;
  /** Lets go of the connections. */
  readonly close: () => void;
}

/** Asks for the metadata of objects alone, which servers have known since 1.15. */
const METADATA_LIST = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";

/** Where objects of a kind are: one namespace's, or all. */
function collection({ group, version, resource, namespaced }: ServedKind, namespace: string | null): string {
  const base = group === "" ? `/api/${version}` : `/apis/${group}/${version}`;
  return namespaced && namespace !== null ? `${base}/namespaces/${encodeURIComponent(namespace)}/${resource}` : `${base}/${resource}`;
}

function query({ limit, continue: at, labelSelector, fieldSelector }: ListRequest): string {
  const parameters = new URLSearchParams({ limit: String(limit) });
  if (at !== null) parameters.set("continue", at);
  if (labelSelector !== undefined) parameters.set("labelSelector", labelSelector);
  if (fieldSelector !== undefined) parameters.set("fieldSelector", fieldSelector);
  return parameters.toString();
}

/** What a status says: https://kubernetes.io/docs/reference/using-api/api-concepts/ */
function refusal({ status, body, waitMilliseconds }: Reply): Refusal {
  const { message, metadata } = fieldsOf(body);
  const cause = typeof message === "string" && message !== "" ? message : `the API server answered ${status}`;
  const more = fieldsOf(metadata)["continue"];
  if (status === 403) return { outcome: "forbidden", cause };
  if (status === 404 || status === 405) return { outcome: "absent", cause };
  if (status === 410) return { outcome: "expired", cause, continue: typeof more === "string" && more !== "" ? more : null };
  const again = status === 429 || status >= 500;
  return {
    outcome: "failed",
    cause: status === 401 ? `${cause} (401: the credentials are not accepted)` : cause,
    again,
    slow: status === 504,
    waitMilliseconds,
  };
}

async function answered<Answer>(request: Promise<Reply>, read: (reply: Reply) => Answer): Promise<Answer | Refusal> {
  try {
    return read(await request);
  } catch (error) {
    if (!(error instanceof NoReply)) throw error;
    return { outcome: "failed", cause: error.message, again: error.again, slow: error.slow, waitMilliseconds: null };
  }
}

const NO_JSON: Refusal = {
  outcome: "failed",
  cause: "the answer is not what an API server sends",
  again: true,
  slow: false,
  waitMilliseconds: null,
};

function pageOf(reply: Reply): PageAnswer {
  if (reply.status !== 200) return refusal(reply);
  const { items, metadata } = fieldsOf(reply.body);
  // An empty list may come as null.
  if (items !== null && !Array.isArray(items)) return NO_JSON;
  const more = fieldsOf(metadata)["continue"];
  return {
    outcome: "page",
    items: (items ?? []) as readonly KubernetesObject[],
    continue: typeof more === "string" && more !== "" ? more : null,
    bytes: reply.bytes,
  };
}

function objectOf(reply: Reply): ObjectAnswer {
  if (reply.status !== 200) return refusal(reply);
  const object = fieldsOf(reply.body);
  return typeof object["kind"] === "string" ? { outcome: "object", object } : NO_JSON;
}

function reviewOf(verb: string, { group, resource }: ServedKind, namespace: string): object {
  const resourceAttributes = { verb, group, resource, ...(namespace === "" ? {} : { namespace }) };
  return { apiVersion: "authorization.k8s.io/v1", kind: "SelfSubjectAccessReview", spec: { resourceAttributes } };
}

/** Tries of the first request: what lets a scan fail before it began is not a connection that was cut once. */
const TRIES = 3;

async function patient<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  for (let failures = 1; ; failures += 1) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof NoReply) || !error.again || error.slow || failures >= TRIES) throw error;
      await wait(200 * failures);
    }
  }
}

async function access(server: ApiServer, { name, namespace, server: address }: ChosenContext): Promise<ClusterAccess> {
  const version = await patient(async () => server.request("GET", "/version"));
  if (version.status === 401)
    throw new NoReply("the server does not accept the account's credentials (401)", { again: false, slow: false });
  return {
    context: name,
    namespace,
    server: address,
    version: version.status === 200 ? fieldsOf(version.body) : {},
    discovery: await patient(async () => discover(server)),
    list: async (kind, request) => {
      const target = `${collection(kind, request.namespace)}?${query(request)}`;
      return answered(server.request("GET", target, request.metadataOnly ? METADATA_LIST : "application/json"), pageOf);
    },
    get: async (kind, inNamespace, object) => {
      const target = `${collection(kind, inNamespace)}/${encodeURIComponent(object)}`;
      return answered(server.request("GET", target), objectOf);
    },
    mayI: async (verb, kind, inNamespace) => {
      const target = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";
      const review = reviewOf(verb, kind, inNamespace);
      const answer = await answered(server.request("POST", target, "application/json", review), ({ body }) => {
        const { allowed } = fieldsOf(fieldsOf(body)["status"]);
        return typeof allowed === "boolean" ? allowed : null;
      });
      return typeof answer === "boolean" ? answer : null;
    },
    wait: async (milliseconds) => wait(milliseconds),
  };
}

/** Finds the cluster that is meant and asks it what it serves. `timeout` is how many milliseconds one request may take. Throws `UsageError` where there is none or it can't be reached. */
export async function openCluster(
  choice: ClusterChoice,
  timeout: number,
  environment: Pick<Environment, "kubeconfigs" | "variables">,
): Promise<OpenCluster> {
  const context = chooseContext(choice, environment);
  const server = new ApiServer(context, timeout);
  try {
    return { access: await access(server, context), close: () => server.close() };
  } catch (error) {
    server.close();
    if (!(error instanceof NoReply)) throw error;
    throw new UsageError(
      `the cluster of the context ${context.name} (${context.server}) can't be scanned: ${error.message}.\nCheck it with \`kubectl --context ${context.name} get --raw /version\`; choose another with --cluster=CONTEXT, or name a path to scan files.`,
      { cause: error },
    );
  }
}
