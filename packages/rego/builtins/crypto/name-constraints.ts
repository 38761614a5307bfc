// Which names the holder of a certificate may make certificates for. RFC 5280, section 4.2.1.10.
import { Buffer } from "node:buffer";
import type { PlainObject } from "../../runtime/value.ts";
import { parseAddress } from "../ip-network.ts";
import type { Certificate } from "./certificate.ts";

type Matches = (name: string, constraint: string) => boolean;

const kinds: readonly { readonly names: string; readonly constraints: string; readonly matches: Matches }[] = [
  { names: "DNSNames", constraints: "DNSDomains", matches: matchesDomain },
  { names: "EmailAddresses", constraints: "EmailAddresses", matches: matchesMailbox },
  { names: "URIStrings", constraints: "URIDomains", matches: matchesUri },
];

/** Whether one of the chain's certificates has a name that the authority's constraints do not allow. */
export function violatesConstraints(chain: readonly Certificate[], authority: PlainObject): boolean {
  return chain.some(({ fields }) => {
    const named = kinds.some(({ names, constraints, matches }) =>
      isForbidden(
        textsOf(fields[names]),
        textsOf(authority[`Permitted${constraints}`]),
        textsOf(authority[`Excluded${constraints}`]),
        matches,
      ),
    );
    const [permitted, excluded] = ["PermittedIPRanges", "ExcludedIPRanges"].map((name) => rangesOf(authority[name])) as [Range[], Range[]];
    return named || isForbidden(textsOf(fields["IPAddresses"]), permitted, excluded, inRange);
  });
}

function isForbidden<C>(
  names: readonly string[],
  permitted: readonly C[],
  excluded: readonly C[],
  matches: (name: string, constraint: C) => boolean,
): boolean {
  return names.some(
    (name) => excluded.some((one) => matches(name, one)) || (permitted.length > 0 && !permitted.some((one) => matches(name, one))),
  );
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? (value as readonly string[]) : [];
}

interface Range {
  readonly base: bigint;
  readonly mask: bigint;
  readonly bits: number;
}

function rangesOf(value: unknown): Range[] {
  if (!Array.isArray(value)) return [];
  return (value as readonly { readonly IP: string; readonly Mask: string }[]).map(({ IP, Mask }) => {
    const mask = Buffer.from(Mask, "base64");
    return { base: parseAddress(IP)?.value ?? 0n, mask: BigInt(`0x${mask.toString("hex")}`), bits: mask.length * 8 };
  });
}

function inRange(text: string, { base, mask, bits }: Range): boolean {
  const address = parseAddress(text);
  return address !== undefined && address.bits === bits && (address.value & mask) === (base & mask);
}

/** `example.com` is for the domain and all below it; with a dot in front, only for those below. */
function matchesDomain(name: string, constraint: string): boolean {
  if (constraint === "") return true;
  const [domain, wanted] = [name.toLowerCase(), constraint.toLowerCase()];
  return wanted.startsWith(".") ? domain.endsWith(wanted) : domain === wanted || domain.endsWith(`.${wanted}`);
}

/** A mailbox, or all mailboxes of a host. */
function matchesMailbox(name: string, constraint: string): boolean {
  if (constraint.includes("@")) return name.toLowerCase() === constraint.toLowerCase();
  return matchesDomain(name.slice(name.lastIndexOf("@") + 1), constraint);
}

/** The host of a URI. One without a host, or with an address, cannot be judged and is refused. */
function matchesUri(name: string, constraint: string): boolean {
  const host = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#@]*@)?([^/?#:]+)/i.exec(name)?.[1];
  return host !== undefined && parseAddress(host) === undefined && matchesDomain(host, constraint);
}
