// Whether a certificate is to be trusted because of another one. RFC 5280, section 6, as Go does it: https://pkg.go.dev/crypto/x509#Certificate.Verify
import type { RegoArray } from "../../runtime/value.ts";
import type { Certificate } from "./certificate.ts";
import { matchesHost } from "./host-names.ts";
import { violatesConstraints } from "./name-constraints.ts";

export interface ChainOptions {
  /** In nanoseconds since 1970. */
  readonly time: bigint;
  /** Go's numbers of the extended usages one of which the leaf must be good for; 0 is any. */
  readonly usages: readonly number[];
  /** The name that the leaf must be for; empty if it does not matter. */
  readonly dnsName: string;
}

/** So that certificates of a hostile input that all could have issued each other end. */
const mostSignatureChecks = 100;

/** The chain from the leaf to the root; undefined if there is none. */
export function findChain(
  leaf: Certificate,
  intermediates: readonly Certificate[],
  root: Certificate,
  options: ChainOptions,
): Certificate[] | undefined {
  if (!isUsable(leaf, options.time)) return undefined;
  if (options.dnsName !== "" && !matchesHost(leaf.fields, options.dnsName)) return undefined;
  let checks = 0;
  const extend = (chain: readonly Certificate[]): Certificate[] | undefined => {
    for (const candidate of [root, ...intermediates]) {
      const last = chain.at(-1) as Certificate;
      if (!last.issuer.equals(candidate.subject) || chain.some((one) => one.raw.equals(candidate.raw))) continue;
      if (++checks > mostSignatureChecks) return undefined;
      if (!hasSigned(candidate, last) || !mayFollow(candidate, chain, candidate !== root, options.time)) continue;
      const longer = [...chain, candidate];
      const found = candidate === root ? (isGoodFor(longer, options.usages) ? longer : undefined) : extend(longer);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return leaf.raw.equals(root.raw) ? (isGoodFor([leaf], options.usages) ? [leaf] : undefined) : extend([leaf]);
}

function isUsable({ fields, notBefore, notAfter }: Certificate, time: bigint): boolean {
  if (fields["UnhandledCriticalExtensions"] !== null) return false;
  return time >= BigInt(notBefore) * 1_000_000_000n && time <= BigInt(notAfter) * 1_000_000_000n;
}

/** Whether a certificate may stand behind the chain, as an intermediate one or as its root. */
function mayFollow(candidate: Certificate, chain: readonly Certificate[], isIntermediate: boolean, time: bigint): boolean {
  const { fields } = candidate;
  if (!isUsable(candidate, time) || violatesConstraints(chain, fields)) return false;
  const isAuthority = fields["BasicConstraintsValid"] === true && fields["IsCA"] === true;
  if (isIntermediate && !isAuthority) return false;
  const most = fields["MaxPathLen"] as number;
  return fields["BasicConstraintsValid"] !== true || most < 0 || chain.length - 1 <= most;
}

const insecure: ReadonlySet<number> = new Set([0, 1, 2, 3, 7, 8, 9]);
const certificateSigning = 1 << 5;

function hasSigned(parent: Certificate, child: Certificate): boolean {
  const { fields } = parent;
  if (fields["Version"] === 3 && fields["BasicConstraintsValid"] !== true) return false;
  if (fields["BasicConstraintsValid"] === true && fields["IsCA"] !== true) return false;
  const usage = fields["KeyUsage"] as number;
  if (usage !== 0 && (usage & certificateSigning) === 0) return false;
  if (insecure.has(child.signatureAlgorithm)) return false;
  try {
    return child.x509.verify(parent.x509.publicKey);
  } catch {
    return false;
  }
}

/** Each certificate of a chain can only narrow what the ones before allow. */
function isGoodFor(chain: readonly Certificate[], usages: readonly number[]): boolean {
  if (usages.includes(0)) return true;
  let left = usages;
  for (const { fields } of chain.toReversed()) {
    const allowed = fields["ExtKeyUsage"] as RegoArray | null;
    if (allowed === null && fields["UnknownExtKeyUsage"] === null) continue;
    if (allowed?.includes(0) === true) continue;
    left = left.filter((usage) => allowed?.includes(usage) === true);
  }
  return left.length > 0;
}
