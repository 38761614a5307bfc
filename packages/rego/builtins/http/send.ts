// `http.send`: https://www.openpolicyagent.org/docs/policy-reference/builtins/http
import { fromJson, stringify } from "../../runtime/json.ts";
import { own } from "../../runtime/own.ts";
import type { PlainObject, RegoValue } from "../../runtime/value.ts";
import type { BuiltinContext, BuiltinErrorCode } from "../define.ts";
import { unmarshalYaml } from "../yaml.ts";
import { conditions, freshUntil, mayBeKept, renewed } from "./freshness.ts";
import { isAllowedHost, portOf } from "./allowed-hosts.ts";
import { NetworkFailure, type Network, type NetworkReply, type NetworkRequest } from "./network.ts";
import { readRequest, RequestError, requestWithoutIgnoredHeaders, type SendRequest } from "./read-request.ts";

/** What a call says where no network was given. */
export const noNetwork = "this evaluation may not use the network; allow hosts with EvaluateOptions.network or --allow-network";

/** Why there is no response. `response` tells it to rules that want to know, `message` ends an evaluation that is strict. */
type Failure = {
  readonly code: BuiltinErrorCode;
  readonly message: string;
  readonly response: PlainObject;
};

type Outcome = { readonly response: PlainObject } | { readonly failure: Failure };

/**
 * The response to a request. Where there is none: with `raise_error: false` an object that says why, else undefined or, if the evaluation is strict, an error.
 * Equal requests of one evaluation are sent once, and fail once.
 */
export function send(context: BuiltinContext, operand: PlainObject): PlainObject | undefined {
  const raises = own(operand, "raise_error") ?? true;
  if (typeof raises !== "boolean") return context.fail("eval_builtin_error", `http.send: "raise_error" must be a boolean`);
  const { network } = context;
  const key = stringify(requestWithoutIgnoredHeaders(operand));
  const outcome = network === undefined ? attempt(context, operand, key) : once();
  if ("response" in outcome) return outcome.response;
  return raises ? context.fail(outcome.failure.code, outcome.failure.message) : outcome.failure.response;

  function once(): Outcome {
    const memoryKey = `http.send ${key}`;
    const known = context.memory.get(memoryKey) as Outcome | undefined;
    if (known !== undefined) return known;
    const fresh = attempt(context, operand, key);
    context.memory.set(memoryKey, fresh);
    return fresh;
  }
}

/** Without a network too it is told what is wrong with the request itself. */
function attempt({ network, onlyHosts = null }: BuiltinContext, operand: PlainObject, key: string): Outcome {
  try {
    const wanted = readRequest(operand, onlyHosts, (source, name) => network?.secret(source, name) ?? refuse());
    demandHost(wanted.request);
    if (network === undefined) return refuse();
    return { response: responseOf(replyFor(network, wanted, key), wanted.decode) };
  } catch (error) {
    if (error instanceof RequestError || error instanceof NetworkFailure) return failureOf(error, operand);
    throw error;
  }
}

/** Also where the reply is known from another program, which may have asked. */
function demandHost({ url: text, onlyHosts }: NetworkRequest): void {
  if (onlyHosts === null || !URL.canParse(text)) return;
  const url = new URL(text);
  if (!isAllowedHost(onlyHosts, url.hostname, portOf(url))) throw new NetworkFailure("refused", `disallowed host: ${url.host}`);
}

function refuse(): never {
  throw new NetworkFailure("refused", noNetwork);
}

function failureOf(error: RequestError | NetworkFailure, operand: PlainObject): Outcome {
  const met = error instanceof NetworkFailure && error.kind !== "refused";
  const message = met ? `${titled(operand)}: ${error.message}` : error.message;
  const response = {
    status_code: 0,
    error: { code: met ? "eval_http_send_network_error" : "eval_http_send_internal_error", message },
  };
  const code = error instanceof RequestError ? error.code : "eval_builtin_error";
  return { failure: { code, message: `http.send: ${message}`, response } };
}

/** Such as `Get "http://example.com"`. */
function titled(operand: PlainObject): string {
  const [method, url] = [own(operand, "method"), own(operand, "url")].map((part) => (typeof part === "string" ? part : ""));
  return `${(method ?? "").slice(0, 1).toUpperCase()}${(method ?? "").slice(1).toLowerCase()} ${JSON.stringify(url)}`;
}

/** The reply from an earlier evaluation while it is fresh, else from the server, which may say that the earlier one still holds. */
function replyFor(network: Network, { request, keep }: SendRequest, key: string): NetworkReply {
  if (keep === null) return network.send(request);
  const now = network.now();
  const kept = network.replies.get(key);
  if (kept !== undefined && now < kept.freshUntil) return kept.reply;
  const asked = kept === undefined || keep !== "as-told" ? [] : conditions(kept.reply);
  const answer = network.send({ ...request, headers: [...request.headers, ...asked] });
  const reply = kept !== undefined && asked.length > 0 && answer.statusCode === 304 ? renewed(kept.reply, answer) : answer;
  const until = keep === "as-told" ? freshUntil(reply, now) : mayBeKept(reply) ? now + keep.seconds * 1000 : null;
  if (until !== null) network.replies.set(key, { reply, freshUntil: until });
  return reply;
}

function responseOf(reply: NetworkReply, decode: SendRequest["decode"]): PlainObject {
  return {
    status: reply.status,
    status_code: reply.statusCode,
    headers: reply.headers,
    raw_body: reply.body,
    body: bodyOf(reply, decode) ?? null,
  };
}

function bodyOf(reply: NetworkReply, decode: SendRequest["decode"]): RegoValue | undefined {
  const type = (reply.headers["content-type"]?.[0] ?? "").split(";", 1).join("").trim().toLowerCase();
  if (decode === "json" || (decode === null && (type === "application/json" || /^[^/]+\/[^/]+\+json$/.test(type)))) {
    try {
      return fromJson(reply.body);
    } catch {
      return undefined;
    }
  }
  const isYaml = decode === "yaml" || (decode === null && (type === "application/yaml" || type === "application/x-yaml"));
  return isYaml ? unmarshalYaml(reply.body) : undefined;
}
