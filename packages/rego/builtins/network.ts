// Builtins that would use the network. They are known, so that modules that mention them compile and tests can replace them using `with`, but an
// evaluation has no network: policies judge what they are given. https://www.openpolicyagent.org/docs/policy-reference#http and #net
import { own } from "../runtime/own.ts";
import { RegoSet } from "../runtime/rego-set.ts";
import { display } from "../runtime/display.ts";

import type { PlainObject } from "../runtime/value.ts";
import type { Builtin, BuiltinContext } from "./define.ts";
import { define } from "./define.ts";
import { addressText, parseAddress } from "./ip-network.ts";
import { any, objectOf, setOf, string } from "./type-description.ts";

const refusal = "an evaluation has no access to the network";

const required = ["method", "url"];
const known: ReadonlySet<string> = new Set([
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

/** Checks a request as if it were to be sent, and then reports that it was not: in the response, if the request asks for errors there. */
function send(context: BuiltinContext, request: PlainObject): PlainObject | undefined {
  const unknown = Object.keys(request).filter((key) => !known.has(key));
  const missing = required.filter((key) => own(request, key) === undefined);
  if (unknown.length > 0) return context.fail("eval_type_error", `invalid request parameters(s): ${display(RegoSet.from(unknown))}`);
  if (missing.length > 0)
    return context.fail("eval_type_error", `missing required request parameters(s): ${display(RegoSet.from(missing))}`);
  if (own(request, "raise_error") !== false) return context.fail("eval_builtin_error", refusal);
  return { status_code: 0, error: { code: "eval_http_send_network_error", message: refusal } };
}

/** What needs no look-up: an address is its own, and localhost is this machine (RFC 6761, section 6.3). */
function knownAddresses(name: string): RegoSet | undefined {
  if (/^localhost\.?$/i.test(name)) return RegoSet.of("127.0.0.1", "::1");
  const address = parseAddress(name);
  return address === undefined ? undefined : RegoSet.of(addressText(address));
}

export const network: readonly Builtin[] = [
  define({ name: "http.send", args: [objectOf(string, any)], result: objectOf(any, any), nondeterministic: true, evaluate: send }),
  define({
    name: "net.lookup_ip_addr",
    args: [string],
    result: setOf(string),
    nondeterministic: true,
    evaluate: (context, name) => knownAddresses(name) ?? context.fail("eval_builtin_error", refusal),
  }),
];
