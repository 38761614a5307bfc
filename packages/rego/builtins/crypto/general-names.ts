// The names of subjects and of constraints. Format: RFC 5280, section 4.2.1.6.
import type { Buffer } from "node:buffer";
import type { PlainObject, RegoValue } from "../../runtime/value.ts";
import { addressText } from "../ip-network.ts";
import type { Uri } from "../uri-text.ts";
import { UriError, parseUri } from "../uri-text.ts";
import type { DerValue } from "./der.ts";
import { DerError, derChildren } from "./der.ts";

export interface GeneralNames {
  readonly dns: string[];
  readonly emails: string[];
  readonly addresses: string[];
  readonly uris: string[];
}

/** The names of an extension with alternative names of a subject. */
export function readGeneralNames(value: DerValue): GeneralNames {
  const names: GeneralNames = { dns: [], emails: [], addresses: [], uris: [] };
  for (const name of derChildren(value)) {
    if (name.tag === 0x81) names.emails.push(name.content.toString("latin1"));
    else if (name.tag === 0x82) names.dns.push(name.content.toString("latin1"));
    else if (name.tag === 0x86) names.uris.push(name.content.toString("latin1"));
    else if (name.tag === 0x87) names.addresses.push(ipText(name.content));
  }
  return names;
}

/** An address as Go's net.IP writes it. */
export function ipText(bytes: Buffer): string {
  if (bytes.length !== 4 && bytes.length !== 16) throw new DerError(`x509: cannot parse IP address of length ${bytes.length}`);
  const mapped = bytes.length === 16 && bytes.toString("hex", 0, 12) === "00000000000000000000ffff";
  const address = mapped ? bytes.subarray(12) : bytes;
  return addressText({ bits: address.length * 8, value: BigInt(`0x${address.toString("hex")}`) } as Parameters<typeof addressText>[0]);
}

/** A URI as Go's encoding/json shows a url.URL. */
export function goUrl(text: string): PlainObject {
  let uri: Uri;
  try {
    uri = parseUri(text);
  } catch (error) {
    if (error instanceof UriError) throw new DerError(`x509: cannot parse URI: ${error.message}`);
    throw error;
  }
  const beforeFragment = text.split("#")[0] as string;
  return {
    Scheme: uri.scheme,
    Opaque: uri.opaque,
    User: uri.hasUser ? {} : null,
    Host: uri.host,
    Path: uri.path,
    RawPath: uri.rawPath,
    OmitHost: uri.scheme !== "" && uri.path !== "" && !beforeFragment.slice(uri.scheme.length + 1).startsWith("//"),
    ForceQuery: beforeFragment.endsWith("?") && beforeFragment.indexOf("?") === beforeFragment.length - 1,
    RawQuery: uri.query,
    Fragment: uri.fragment,
    RawFragment: "",
  };
}

/** A list as Go shows it: null where there is nothing. */
export function listOrNull(items: readonly RegoValue[]): RegoValue {
  return items.length === 0 ? null : items;
}
