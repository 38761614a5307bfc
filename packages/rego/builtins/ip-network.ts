// Addresses and networks of IPv4 and IPv6, as numbers. Text forms: RFC 4291 and RFC 5952.

export interface Address {
  readonly bits: 32 | 128;
  readonly value: bigint;
}

/** All addresses that agree with `value` in their first `prefix` bits; the others of `value` are zero. */
export interface Network extends Address {
  readonly prefix: number;
}

const decimalByte = /^(?:0|[1-9][0-9]{0,2})$/;

function parseIpv4(text: string): bigint | undefined {
  const parts = text.split(".");
  if (parts.length !== 4 || !parts.every((part) => decimalByte.test(part) && Number(part) < 256)) return undefined;
  return parts.reduce((value, part) => (value << 8n) | BigInt(part), 0n);
}

/** The 16-bit groups of one side of `::`, whose last may be an IPv4 address. */
function parseGroups(text: string): bigint[] | undefined {
  if (text === "") return [];
  const groups: bigint[] = [];
  const parts = text.split(":");
  for (const [i, part] of parts.entries()) {
    const ipv4 = i === parts.length - 1 && part.includes(".") ? parseIpv4(part) : undefined;
    if (ipv4 !== undefined) groups.push(ipv4 >> 16n, ipv4 & 0xffffn);
    else if (/^[0-9a-fA-F]{1,4}$/.test(part)) groups.push(BigInt(`0x${part}`));
    else return undefined;
  }
  return groups;
}

function parseIpv6(text: string): bigint | undefined {
  const sides = text.split("::");
  if (sides.length > 2) return undefined;
  const head = parseGroups(sides[0] as string);
  const tail = parseGroups(sides[1] ?? "");
  if (head === undefined || tail === undefined) return undefined;
  const missing = 8 - head.length - tail.length;
  if (sides.length === 1 ? missing !== 0 : missing < 1) return undefined;
  return [...head, ...Array<bigint>(missing).fill(0n), ...tail].reduce((value, group) => (value << 16n) | group, 0n);
}

/** An address, or undefined. An IPv4 address written as IPv6 (`::ffff:1.2.3.4`) is the IPv4 address. */
export function parseAddress(text: string): Address | undefined {
  if (!text.includes(":")) {
    const value = parseIpv4(text);
    return value === undefined ? undefined : { bits: 32, value };
  }
  const value = parseIpv6(text);
  if (value === undefined) return undefined;
  return value >> 32n === 0xffffn ? { bits: 32, value: value & 0xffffffffn } : { bits: 128, value };
}

/** A network in CIDR notation, or undefined. `::ffff:1.2.3.4/112` is one of IPv4, but with fewer than 96 bits in common its addresses are those of IPv6. */
export function parseNetwork(text: string): Network | undefined {
  const slash = text.indexOf("/");
  if (slash < 0) return undefined;
  const written = text.slice(0, slash);
  const address = parseAddress(written);
  const prefixText = text.slice(slash + 1);
  if (address === undefined || !/^0*[0-9]{1,3}$/.test(prefixText)) return undefined;
  const prefix = Number(prefixText);
  if (!written.includes(":") || address.bits === 128) return prefix > address.bits ? undefined : networkOf(address, prefix);
  if (prefix > 128) return undefined;
  return prefix < 96 ? networkOf({ bits: 128, value: address.value | mappedAddresses }, prefix) : networkOf(address, prefix - 96);
}

/** Where IPv4 has its place among the addresses of IPv6: `::ffff:0:0/96`. */
export const mappedAddresses = 0xffff_0000_0000n;

export function networkOf({ bits, value }: Address, prefix: number): Network {
  const rest = BigInt(bits - prefix);
  return { bits, value: (value >> rest) << rest, prefix };
}

/** The last address of a network. */
export function lastAddress(network: Network): bigint {
  return network.value + (1n << BigInt(network.bits - network.prefix)) - 1n;
}

export function containsNetwork(outer: Network, inner: Network): boolean {
  return outer.bits === inner.bits && outer.prefix <= inner.prefix && networkOf(inner, outer.prefix).value === outer.value;
}

export function addressText({ bits, value }: Address): string {
  if (bits === 32) return [24n, 16n, 8n, 0n].map((shift) => ((value >> shift) & 0xffn).toString()).join(".");
  const groups = Array.from({ length: 8 }, (_, i) => (value >> BigInt(16 * (7 - i))) & 0xffffn);
  const { start, length } = longestZeros(groups);
  return length < 2
    ? hexadecimalGroups(groups)
    : `${hexadecimalGroups(groups.slice(0, start))}::${hexadecimalGroups(groups.slice(start + length))}`;
}

export function networkText(network: Network): string {
  return `${addressText(network)}/${network.prefix}`;
}

function hexadecimalGroups(groups: readonly bigint[]): string {
  return groups.map((group) => group.toString(16)).join(":");
}

function longestZeros(groups: readonly bigint[]): { start: number; length: number } {
  let best = { start: 0, length: 0 };
  for (let start = 0; start < groups.length; start++) {
    let length = 0;
    while (groups[start + length] === 0n) length++;
    if (length > best.length) best = { start, length };
  }
  return best;
}
