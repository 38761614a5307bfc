// Reads the operand of `http.send`. Parameters: https://www.openpolicyagent.org/docs/policy-reference/builtins/http
import { X509Certificate } from "node:crypto";
import { display } from "../../runtime/display.ts";
import { own } from "../../runtime/own.ts";
import { RegoSet } from "../../runtime/rego-set.ts";
import { isPlainObject, typeName, type PlainObject, type RegoValue } from "../../runtime/value.ts";
import type { BuiltinErrorCode } from "../define.ts";
import { marshalJson } from "../json-text.ts";
import { parseDuration } from "../time/duration.ts";
import { NetworkFailure, type NetworkRequest, type TlsSettings } from "./network.ts";

const required = ["method", "url"];
/** All that a request may say. */
export const requestParameters: ReadonlySet<string> = new Set([
  ...required,
  "body",
  "cache",
  "cache_ignored_headers",
  "caching_mode",
  "enable_redirect",
  "force_cache",
  "force_cache_duration_seconds",
  "force_json_decode",
  "force_yaml_decode",
  "headers",
  "max_retry_attempts",
  "raise_error",
  "raw_body",
  "timeout",
  "tls_ca_cert",
  "tls_ca_cert_env_variable",
  "tls_ca_cert_file",
  "tls_client_cert",
  "tls_client_cert_env_variable",
  "tls_client_cert_file",
  "tls_client_key",
  "tls_client_key_env_variable",
  "tls_client_key_file",
  "tls_insecure_skip_verify",
  "tls_server_name",
  "tls_use_system_certs",
]);

/** OPA gives a request five seconds. */
const defaultTimeoutMs = 5000;

/** Thrown for an operand that is no request. */
export class RequestError extends Error {
  readonly code: BuiltinErrorCode;

  constructor(code: BuiltinErrorCode, message: string) {
    super(message);
    this.name = "RequestError";
    this.code = code;
  }
}

/** What is asked, and what is to be done with the reply. */
export interface SendRequest {
  readonly request: NetworkRequest;
  readonly decode: "json" | "yaml" | null;
  /** How long a reply may be kept for later evaluations: as its headers say, for a number of seconds whatever they say, or not at all. */
  readonly keep: "as-told" | { readonly seconds: number } | null;
}

/** Where certificates and keys come from that a request only names. */
export type ReadSecret = (source: "file" | "environment", name: string) => string;

/** Reads a request. Throws a RequestError, a NetworkFailure for headers that can't be sent, and what `readSecret` throws. */
export function readRequest(operand: PlainObject, onlyHosts: readonly string[] | null, readSecret: ReadSecret): SendRequest {
  checkNames(operand);
  const raw = text(operand, "raw_body");
  const body = own(operand, "body");
  const seconds = keptSeconds(operand);
  const asTold = flag(operand, "cache");
  return {
    request: {
      method: methodOf(text(operand, "method") as string),
      url: text(operand, "url") as string,
      headers: headersOf(own(operand, "headers")),
      body: raw ?? (body === undefined ? null : marshalJson(body)),
      timeoutMs: timeoutOf(own(operand, "timeout")),
      followRedirects: flag(operand, "enable_redirect"),
      retries: retriesOf(own(operand, "max_retry_attempts")),
      tls: tlsOf(operand, readSecret),
      onlyHosts,
    },
    decode: decoding(operand),
    keep: seconds === null ? (asTold ? "as-told" : null) : { seconds },
  };
}

/** The request as the caches know it: two requests with the same key are the same. Headers in `cache_ignored_headers` make no difference. */
export function requestWithoutIgnoredHeaders(operand: PlainObject): PlainObject {
  const ignored = own(operand, "cache_ignored_headers");
  const headers = own(operand, "headers");
  if (!Array.isArray(ignored) || headers === undefined || !isPlainObject(headers)) return operand;
  const names = new Set(ignored.filter((name) => typeof name === "string").map((name) => name.toLowerCase()));
  return { ...operand, headers: Object.fromEntries(Object.entries(headers).filter(([name]) => !names.has(name.toLowerCase()))) };
}

function checkNames(operand: PlainObject): void {
  const unknown = Object.keys(operand).filter((key) => !requestParameters.has(key));
  if (unknown.length > 0) {
    throw new RequestError("eval_type_error", `operand 1 invalid request parameters(s): ${display(RegoSet.from(unknown))}`);
  }
  const missing = required.filter((key) => own(operand, key) === undefined);
  if (missing.length > 0) {
    throw new RequestError("eval_type_error", `operand 1 missing required request parameters(s): ${display(RegoSet.from(missing))}`);
  }
}

function invalid(name: string, value: RegoValue, wanted: string): RequestError {
  return new RequestError("eval_builtin_error", `"${name}" must be ${wanted}, and is ${display(value)}`);
}

function text(operand: PlainObject, name: string): string | null {
  const value = own(operand, name);
  if (value === undefined) return null;
  if (typeof value === "string") return value;
  throw invalid(name, value, "a string");
}

function flag(operand: PlainObject, name: string): boolean {
  const value = own(operand, name);
  if (value === undefined) return false;
  if (typeof value === "boolean") return value;
  throw invalid(name, value, "a boolean");
}

/** Methods and names of headers: https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2 */
const token = /^[!#$%&'*+.^_`|~\w-]+$/;

/** In capitals; a GET where it is empty. */
function methodOf(method: string): string {
  if (method !== "" && !token.test(method)) throw new RequestError("eval_builtin_error", `invalid method ${JSON.stringify(method)}`);
  return method.toUpperCase() || "GET";
}

function headersOf(value: RegoValue | undefined): NetworkRequest["headers"] {
  if (value === undefined) return [];
  if (!isPlainObject(value)) throw invalid("headers", value, "an object with strings as keys");
  return Object.keys(value).map((name) => {
    const header = own(value, name) as RegoValue;
    if (typeof header !== "string") throw new RequestError("eval_builtin_error", `the header "${name}" must be a string`);
    if (!token.test(name) || /[^\t\x20-\x7e\x80-\uffff]/.test(header)) {
      throw new NetworkFailure("failed", `the header ${JSON.stringify(name)} has a character that headers may not have`);
    }
    return [name, header];
  });
}

/** Nanoseconds, or a duration such as `500ms`. Zero and less is no limit of the request's own. */
function timeoutOf(value: RegoValue | undefined): number {
  if (value === undefined) return defaultTimeoutMs;
  if (typeof value === "number" || typeof value === "bigint") return milliseconds(Number(value));
  if (typeof value !== "string") {
    throw new RequestError("eval_type_error", `operand 1 'timeout' must be one of {string, number} but got ${typeName(value)}`);
  }
  const duration = /^[-+]?[0-9]+$/.test(value) ? BigInt(value) : parseDuration(value);
  if (duration === undefined) throw new RequestError("eval_builtin_error", `invalid timeout value ${JSON.stringify(value)}`);
  return milliseconds(Number(duration));
}

function milliseconds(nanoseconds: number): number {
  return nanoseconds <= 0 ? 0 : Math.max(1, Math.round(nanoseconds / 1e6));
}

function retriesOf(value: RegoValue | undefined): number {
  if (value === undefined) return 0;
  if (typeof value === "number" && Number.isInteger(value)) return Math.max(0, value);
  throw invalid("max_retry_attempts", value, "an integer");
}

function keptSeconds(operand: PlainObject): number | null {
  if (!flag(operand, "force_cache")) return null;
  const seconds = own(operand, "force_cache_duration_seconds");
  if (seconds === undefined) {
    throw new RequestError("eval_builtin_error", `"force_cache" is set, but "force_cache_duration_seconds" is missing`);
  }
  if (typeof seconds === "number" && Number.isInteger(seconds)) return seconds;
  throw invalid("force_cache_duration_seconds", seconds, "an integer");
}

function decoding(operand: PlainObject): SendRequest["decode"] {
  const json = flag(operand, "force_json_decode");
  const yaml = flag(operand, "force_yaml_decode");
  return json ? "json" : yaml ? "yaml" : null;
}

function tlsOf(operand: PlainObject, readSecret: ReadSecret): TlsSettings {
  const authorities = ["tls_ca_cert", "tls_ca_cert_file", "tls_ca_cert_env_variable"]
    .map((name) => secretOf(operand, name, readSecret))
    .filter((pem) => pem !== null);
  for (const pem of authorities) if (!isCertificate(pem)) throw new RequestError("eval_builtin_error", "a CA certificate is no PEM of one");
  const system = own(operand, "tls_use_system_certs");
  return {
    verify: own(operand, "tls_insecure_skip_verify") !== true,
    serverName: text(operand, "tls_server_name"),
    authorities,
    systemAuthorities: typeof system === "boolean" ? system : authorities.length === 0,
    client: clientOf(operand, readSecret),
  };
}

/** A certificate and its key: both inline, both in files, or both in the environment. One without the other is as none. */
function clientOf(operand: PlainObject, readSecret: ReadSecret): TlsSettings["client"] {
  for (const suffix of ["", "_file", "_env_variable"]) {
    // Read in this order, so that nothing is asked for what is not going to be used.
    if (text(operand, `tls_client_cert${suffix}`) === null || text(operand, `tls_client_key${suffix}`) === null) continue;
    const certificate = secretOf(operand, `tls_client_cert${suffix}`, readSecret);
    const key = secretOf(operand, `tls_client_key${suffix}`, readSecret);
    if (certificate === null || key === null) continue;
    if (!isCertificate(certificate)) throw new RequestError("eval_builtin_error", "the client certificate is no PEM of one");
    return { certificate, key };
  }
  return null;
}

function secretOf(operand: PlainObject, name: string, readSecret: ReadSecret): string | null {
  const value = text(operand, name);
  if (value === null || value === "") return null;
  if (name.endsWith("_file")) return readSecret("file", value);
  return name.endsWith("_env_variable") ? readSecret("environment", value) : value;
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem) instanceof X509Certificate;
  } catch {
    return false;
  }
}
