// https://www.openpolicyagent.org/docs/policy-reference#providers.aws: signatures of requests to AWS.
// Algorithm: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
import type { Buffer } from "node:buffer";
import { createHash, createHmac } from "node:crypto";
import { longInteger } from "../runtime/decimal.ts";
import { display } from "../runtime/display.ts";
import { toBigInt } from "../runtime/numbers.ts";
import { copyOwn, own, setOwn } from "../runtime/own.ts";
import { RegoSet } from "../runtime/rego-set.ts";
import type { PlainObject, RegoValue } from "../runtime/value.ts";
import { isPlainObject } from "../runtime/value.ts";
import type { Builtin, BuiltinContext } from "./define.ts";
import { define } from "./define.ts";
import { requestParameters } from "./http/read-request.ts";
import { marshalJson } from "./json-text.ts";
import { any, objectOf, string } from "./type-description.ts";
import { floorSeconds } from "./time/civil.ts";
import { UriError, parseUri } from "./uri-text.ts";

const algorithm = "AWS4-HMAC-SHA256";
const requestKeys = ["method", "url"];
const accountKeys = ["aws_access_key", "aws_secret_access_key", "aws_service", "aws_region"];

/** Services that want the hash of the payload as a header of its own. */
const payloadHashServices: ReadonlySet<string> = new Set(["s3", "glacier"]);

/** Headers that proxies change, and the one that is to be made. */
const unsigned: ReadonlySet<string> = new Set(["authorization", "user-agent", "x-amzn-trace-id"]);

interface Account {
  readonly accessKey: string;
  readonly secretKey: string;
  readonly service: string;
  readonly region: string;
  readonly sessionToken: RegoValue | undefined;
  readonly signsPayload: boolean;
}

/** Reports what is missing among an operand's keys, or is no text. */
function hasTexts(context: BuiltinContext, operand: PlainObject, keys: readonly string[], position: number, what: string): boolean {
  const missing = keys.filter((key) => own(operand, key) === undefined);
  const wrong = keys.filter((key) => typeof own(operand, key) !== "string");
  if (wrong.length === 0) return true;
  const problem =
    missing.length > 0
      ? `missing required ${what} parameters(s): ${display(RegoSet.from(missing))}`
      : `invalid values for required ${what} parameters(s): ${display(RegoSet.from(wrong))}`;
  context.fail("eval_type_error", `operand ${position} ${problem}`);
  return false;
}

function readAccount(context: BuiltinContext, config: PlainObject): Account | undefined {
  if (!hasTexts(context, config, accountKeys, 2, "AWS config")) return undefined;
  const disabled = own(config, "disable_payload_signing");
  if (disabled !== undefined && typeof disabled !== "boolean") {
    return context.fail("eval_type_error", "operand 2 invalid value for 'disable_payload_signing' in AWS config");
  }
  const [accessKey, secretKey, service, region] = accountKeys.map((key) => own(config, key)) as [string, string, string, string];
  return { accessKey, secretKey, service, region, sessionToken: own(config, "aws_session_token"), signsPayload: disabled !== true };
}

/** The request with the headers that make it a signed one; undefined, and the error reported, if something is wrong. */
function sign(context: BuiltinContext, request: PlainObject, config: PlainObject, time: RegoValue): PlainObject | undefined {
  if (!hasTexts(context, request, requestKeys, 1, "request")) return undefined;
  const unknown = Object.keys(request).filter((key) => !requestParameters.has(key));
  if (unknown.length > 0)
    return context.fail("eval_type_error", `operand 1 invalid request parameters(s): ${display(RegoSet.from(unknown))}`);
  const account = readAccount(context, config);
  if (account === undefined) return undefined;
  const stamp = timestamp(time);
  if (stamp === undefined) return context.fail("eval_type_error", "operand 3 could not convert time_ns value into a unix timestamp");
  const url = parseUrl(own(request, "url") as string);
  if (url === undefined) return context.fail("eval_builtin_error", "the request's url is no URL");
  const headersGiven = own(request, "headers") ?? {};
  if (!isPlainObject(headersGiven)) return context.fail("eval_type_error", "operand 1: headers must be an object");
  const given: Record<string, RegoValue> = {};
  for (const name of Object.keys(headersGiven)) setOwn(given, name, headerText(own(headersGiven, name) as RegoValue));

  const payloadHash = account.signsPayload ? sha256(payload(request)) : "UNSIGNED-PAYLOAD";
  const added: Record<string, RegoValue> = { host: url.host, "x-amz-date": stamp };
  if (payloadHashServices.has(account.service)) added["x-amz-content-sha256"] = payloadHash;
  if (typeof account.sessionToken === "string") added["x-amz-security-token"] = account.sessionToken;

  const method = own(request, "method") as string;
  // Where the request has one of these headers already, its own value is signed, though the new one is sent: so does OPA.
  const canonical = canonicalRequest(method, url, merged(added, given), payloadHash);
  const headers = merged(given, { ...added, Authorization: authorization(account, stamp, canonical) });
  return { ...copyOwn(request), headers };
}

/** One object's properties, and another's, which win. */
function merged(first: PlainObject, second: PlainObject): PlainObject {
  const result = copyOwn(first);
  for (const name of Object.keys(second)) setOwn(result, name, own(second, name) as RegoValue);
  return result;
}

/** Such as `20151228T140825Z`. Undefined for what is no whole number of nanoseconds. */
function timestamp(given: RegoValue): string | undefined {
  const time = longInteger(given);
  if (time === undefined) return undefined;
  return new Date(floorSeconds(toBigInt(time)) * 1000).toISOString().replace(/[-:]|\.000/g, "");
}

/** A path as it is written where it may stand so, else with all escaped that must be. */
function escapedPath(path: string): string {
  if (/^[A-Za-z0-9\-._~!$&'()*+,;=:@/%[\]]*$/.test(path)) return path;
  const escaped = encodeURIComponent(decodeURIComponent(path)).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return escaped.replace(/%(?:24|26|2B|2C|2F|3A|3B|3D|40)/g, decodeURIComponent);
}

/** The parts of a URL that are signed, as they are written. AWS's documentation would sort and escape the query: policies write it so. */
interface SignedUrl {
  readonly host: string;
  readonly path: string;
  readonly query: string;
}

function parseUrl(text: string): SignedUrl | undefined {
  try {
    const { host } = parseUri(text);
    const [, path = "", query = ""] = /^(?:[^:/?#]*:)?(?:\/\/[^/?#]*)?([^?#]*)(?:\?([^#]*))?/.exec(text) ?? [];
    return { host, path: escapedPath(path), query };
  } catch (error) {
    if (error instanceof UriError) return undefined;
    throw error;
  }
}

function payload(request: PlainObject): string {
  const raw = own(request, "raw_body");
  if (typeof raw === "string") return raw;
  const body = own(request, "body");
  return body === undefined ? "" : marshalJson(body);
}

interface Canonical {
  readonly text: string;
  readonly signedHeaders: string;
}

function canonicalRequest(method: string, url: SignedUrl, headers: PlainObject, payloadHash: string): Canonical {
  // One name in different cases is one header: the later one, which is the request's own.
  const texts = new Map(Object.keys(headers).map((name) => [name.toLowerCase(), headers[name] as string]));
  const lines = [...texts].filter(([name]) => !unsigned.has(name)).sort(([a], [b]) => (a < b ? -1 : 1));
  const signedHeaders = lines.map(([name]) => name).join(";");
  const headerLines = lines.map(([name, value]) => `${name}:${value}\n`).join("");
  return { text: [method, url.path, url.query, headerLines, signedHeaders, payloadHash].join("\n"), signedHeaders };
}

/** OPA signs and sends texts as they are given, with the blanks that the algorithm would leave out, and nothing for what is no text. */
function headerText(value: RegoValue): string {
  return typeof value === "string" ? value : "";
}

function authorization(account: Account, stamp: string, canonical: Canonical): string {
  const date = stamp.slice(0, 8);
  const scope = [date, account.region, account.service, "aws4_request"];
  const key = scope.reduce<string | Buffer>((previous, part) => hmac(previous, part), `AWS4${account.secretKey}`);
  const signature = hmac(key, [algorithm, stamp, scope.join("/"), sha256(canonical.text)].join("\n")).toString("hex");
  return `${algorithm} Credential=${account.accessKey}/${scope.join("/")},SignedHeaders=${canonical.signedHeaders},Signature=${signature}`;
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac("sha256", key).update(text, "utf8").digest();
}

function sha256(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("hex");
}

export const cloud: readonly Builtin[] = [
  define({
    name: "providers.aws.sign_req",
    args: [objectOf(string, any), objectOf(string, any), any],
    result: objectOf(any, any),
    evaluate: sign,
  }),
];
