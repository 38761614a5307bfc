// Whether a certificate is for a host. RFC 6125, as Go does it: https://pkg.go.dev/crypto/x509#Certificate.VerifyHostname
import type { PlainObject } from "../../runtime/value.ts";
import { addressText, parseAddress } from "../ip-network.ts";

/** The host is a name or an address, an address with or without brackets. */
export function matchesHost(fields: PlainObject, host: string): boolean {
  const address = parseAddress(host.replace(/^\[(.*)\]$/, "$1"));
  if (address !== undefined) return (fields["IPAddresses"] as readonly string[] | null)?.includes(addressText(address)) === true;
  const names = (fields["DNSNames"] as readonly string[] | null) ?? [];
  return names.some((pattern) => matchesPattern(pattern.toLowerCase(), host.toLowerCase()));
}

/** A `*` may stand for the first label only. */
function matchesPattern(pattern: string, host: string): boolean {
  const [wanted, given] = [pattern, host.replace(/\.$/, "")].map((name) => name.split(".")) as [string[], string[]];
  if (wanted.length !== given.length || given.includes("")) return false;
  return wanted.every((label, i) => (i === 0 && label === "*") || label === given[i]);
}
