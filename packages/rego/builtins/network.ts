// Builtins that use the network, as far as an evaluation is given one. Modules that mention them compile anyway, and tests can replace them using `with`.
// https://www.openpolicyagent.org/docs/policy-reference#http and #net
import { RegoSet } from "../runtime/rego-set.ts";
import type { Builtin, BuiltinContext } from "./define.ts";
import { define } from "./define.ts";
import { isAllowedHost } from "./http/allowed-hosts.ts";
import { NetworkFailure } from "./http/network.ts";
import { noNetwork, send } from "./http/send.ts";
import { addressText, parseAddress } from "./ip-network.ts";
import { any, objectOf, setOf, string } from "./type-description.ts";

/** What needs no look-up: an address is its own, and localhost is this machine (RFC 6761, section 6.3). */
function knownAddresses(name: string): RegoSet | undefined {
  if (/^localhost\.?$/i.test(name)) return RegoSet.of("127.0.0.1", "::1");
  const address = parseAddress(name);
  return address === undefined ? undefined : RegoSet.of(addressText(address));
}

/** The addresses of a host. One name is looked up once in an evaluation. */
function lookup(context: BuiltinContext, name: string): RegoSet | undefined {
  const { network, onlyHosts = null } = context;
  if (onlyHosts !== null && !isAllowedHost(onlyHosts, name, null))
    return context.fail("eval_builtin_error", `net.lookup_ip_addr: disallowed host: ${name}`);
  if (network === undefined) return knownAddresses(name) ?? context.fail("eval_builtin_error", `net.lookup_ip_addr: ${noNetwork}`);
  const key = `net.lookup_ip_addr ${name}`;
  const known = context.memory.get(key);
  if (known instanceof RegoSet) return known;
  try {
    const found = RegoSet.from(network.lookup(name));
    context.memory.set(key, found);
    return found;
  } catch (error) {
    if (error instanceof NetworkFailure) return context.fail("eval_builtin_error", `net.lookup_ip_addr: ${error.message}`);
    throw error;
  }
}

export const network: readonly Builtin[] = [
  define({ name: "http.send", args: [objectOf(string, any)], result: objectOf(any, any), nondeterministic: true, evaluate: send }),
  define({ name: "net.lookup_ip_addr", args: [string], result: setOf(string), nondeterministic: true, evaluate: lookup }),
];
