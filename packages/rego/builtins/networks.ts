// https://www.openpolicyagent.org/docs/policy-reference#net
import { entriesInOrder } from "../runtime/iteration.ts";
import { RegoSet } from "../runtime/rego-set.ts";
import { isArray, isObject, isSet } from "../runtime/value.ts";
import type { RegoValue } from "../runtime/value.ts";
import type { Builtin, BuiltinContext } from "./define.ts";
import { define } from "./define.ts";
import type { Address, Network } from "./ip-network.ts";
import {
  addressText,
  containsNetwork,
  lastAddress,
  mappedAddresses,
  networkOf,
  networkText,
  parseAddress,
  parseNetwork,
} from "./ip-network.ts";
import { any, arrayOf, boolean, oneOf, setOf, string } from "./type-description.ts";

/** Networks with more addresses than this are not expanded: they would fill the memory. */
const mostAddresses = 1n << 20n;

function networkOperand(context: BuiltinContext, text: string): Network | undefined {
  return parseNetwork(text) ?? context.fail("eval_builtin_error", `invalid CIDR address: ${text}`);
}

/** A network, or an address as the network that consists of it. */
function networkOrAddress(text: string): Network | undefined {
  const address = text.includes("/") ? undefined : parseAddress(text);
  return address === undefined ? parseNetwork(text) : networkOf(address, address.bits);
}

function expand(network: Network): RegoSet {
  const result = new RegoSet();
  for (let value = network.value; value <= lastAddress(network); value++) result.add(addressText({ bits: network.bits, value }));
  return result;
}

/** The prefix that an IPv4 address has without one: that of its class. */
function classPrefix({ value }: Address): number {
  const first = Number(value >> 24n);
  if (first < 128) return 8;
  return first < 192 ? 16 : 24;
}

function mergeOperand(context: BuiltinContext, text: string): Network | undefined {
  if (text.includes("/")) return networkOperand(context, text);
  const address = parseAddress(text);
  if (address === undefined) return context.fail("eval_builtin_error", `${text} is neither an address nor a network`);
  if (address.bits !== 32) return context.fail("eval_builtin_error", "IPv6 invalid: needs prefix length");
  return { ...address, prefix: classPrefix(address) };
}

/** The network among those of IPv6. */
function mapped({ bits, value, prefix }: Network): Network {
  return bits === 128 ? { bits, value, prefix } : { bits: 128, value: value | mappedAddresses, prefix: prefix + 96 };
}

/** The fewest networks that together have the same addresses. A single one stays as it was given. */
function merge(given: readonly Network[]): readonly Network[] {
  if (given.length < 2) return given;
  const networks = given.map((network) => networkOf(network, network.prefix));
  const merged: Network[] = [];
  const placed = networks.map((network) => [network, mapped(network)] as const);
  placed.sort(([, a], [, b]) => (a.value < b.value ? -1 : a.value > b.value ? 1 : a.prefix - b.prefix));
  for (const [network, place] of placed) {
    const last = merged.at(-1);
    if (last !== undefined && containsNetwork(mapped(last), place)) continue;
    merged.push(network);
    joinHalves(merged);
  }
  return merged;
}

/** Replaces the last two networks by one as long as they are its halves. */
function joinHalves(networks: Network[]): void {
  for (;;) {
    const [low, high] = networks.slice(-2);
    if (low === undefined || high === undefined || low.bits !== high.bits || low.prefix !== high.prefix || low.prefix === 0) return;
    const whole = networkOf(low, low.prefix - 1);
    if (low.value === high.value || networkOf(high, low.prefix - 1).value !== whole.value) return;
    networks.splice(-2, 2, whole);
  }
}

/** The networks of an operand, each with what stands for it in the result: an index, a key, an element, or the text itself. What can have none has none. */
function named(operand: RegoValue): readonly (readonly [name: RegoValue, element: RegoValue])[] {
  if (typeof operand === "string") return [[operand, operand]];
  return isArray(operand) || isSet(operand) || isObject(operand) ? entriesInOrder(operand) : [];
}

/** What names the network of an element: a text, or the first item of an array. */
function elementText(context: BuiltinContext, element: RegoValue, position: number): RegoValue | undefined {
  const text = isArray(element) ? element[0] : element;
  if (text !== undefined && (isArray(element) || typeof text === "string")) return text;
  return context.fail("eval_builtin_error", `operand ${position}: element must be string or non-empty array`);
}

function elementNetwork(context: BuiltinContext, text: RegoValue, read: (text: string) => Network | undefined): Network | undefined {
  if (typeof text !== "string") return context.fail("eval_type_error", "operand 1 must be string");
  return read(text) ?? context.fail("eval_builtin_error", `${text} is neither a network nor an address`);
}

/** The pairs of which the first network contains the second network or address. A network is looked at only where there is something to look for in it. */
function containsMatches(context: BuiltinContext, outer: RegoValue, inner: RegoValue): RegoSet | undefined {
  const result = new RegoSet();
  const candidates = named(inner);
  for (const [outerName, outerElement] of named(outer)) {
    const text = elementText(context, outerElement, 1);
    if (text === undefined) return undefined;
    let network: Network | undefined;
    for (const [innerName, innerElement] of candidates) {
      const innerText = elementText(context, innerElement, 2);
      if (innerText === undefined) return undefined;
      network ??= elementNetwork(context, text, parseNetwork);
      if (network === undefined) return undefined;
      const other = elementNetwork(context, innerText, networkOrAddress);
      if (other === undefined) return undefined;
      if (containsNetwork(network, other)) result.add([outerName, innerName]);
    }
  }
  return result;
}

function contains(context: BuiltinContext, outer: string, inner: string): boolean | undefined {
  const network = networkOperand(context, outer);
  const other = networkOrAddress(inner);
  if (network === undefined) return undefined;
  return other === undefined ? context.fail("eval_builtin_error", `invalid CIDR address: ${inner}`) : containsNetwork(network, other);
}

const texts = oneOf(arrayOf(string), setOf(string));

export const networks: readonly Builtin[] = [
  define({ name: "net.cidr_contains", args: [string, string], result: boolean, evaluate: contains }),
  define({ name: "net.cidr_overlap", args: [string, string], result: boolean, deprecated: true, evaluate: contains }),
  define({
    name: "net.cidr_intersects",
    args: [string, string],
    result: boolean,
    evaluate(context, a, b) {
      const first = networkOperand(context, a);
      const second = networkOperand(context, b);
      if (first === undefined || second === undefined) return undefined;
      return containsNetwork(first, second) || containsNetwork(second, first);
    },
  }),
  define({
    name: "net.cidr_is_valid",
    args: [any],
    result: boolean,
    evaluate: (_, text) => typeof text === "string" && parseNetwork(text) !== undefined,
  }),
  define({
    name: "net.cidr_expand",
    args: [string],
    result: setOf(string),
    evaluate(context, text) {
      const network = networkOperand(context, text);
      if (network === undefined) return undefined;
      const count = lastAddress(network) - network.value + 1n;
      return count > mostAddresses ? context.fail("eval_builtin_error", "network too large to expand") : expand(network);
    },
  }),
  define({
    name: "net.cidr_merge",
    args: [texts],
    mistyped: "eval_builtin_error",
    result: setOf(string),
    evaluate(context, operand) {
      const parsed: Network[] = [];
      for (const text of isSet(operand) ? operand.items : operand) {
        const network = mergeOperand(context, text as string);
        if (network === undefined) return undefined;
        parsed.push(network);
      }
      return RegoSet.from(merge(parsed).map(networkText));
    },
  }),
  define({
    name: "net.cidr_contains_matches",
    args: [any, any],
    result: setOf(arrayOf(any)),
    evaluate: (context, outer, inner) => containsMatches(context, outer, inner),
  }),
];
