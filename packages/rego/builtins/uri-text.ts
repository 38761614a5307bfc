// Reads URIs as Go reads URLs: https://pkg.go.dev/net/url#Parse
import { Buffer } from "node:buffer";
import { textOfBytes } from "./byte-text.ts";
import { parseAddress } from "./ip-network.ts";

/** The parts of a URI, without their escapes; those that are missing are empty. */
export interface Uri {
  readonly scheme: string;
  /** What follows a scheme without a slash, as in `mailto:`. */
  readonly opaque: string;
  readonly hasUser: boolean;
  readonly host: string;
  readonly path: string;
  /** As it was written, where that is not how the path would be written anyway. */
  readonly rawPath: string;
  readonly query: string;
  readonly fragment: string;
}

/** Why a text is no URI. */
export class UriError extends Error {}

/** Throws a UriError if the text is no URI reference. */
export function parseUri(text: string): Uri {
  const [beforeFragment, fragment] = cut(text, "#");
  if (Array.from(beforeFragment).some((character) => character < " " || character === "\u007f"))
    throw new UriError("invalid control character");
  const uri = parseWithoutFragment(beforeFragment);
  return { ...uri, fragment: unescape(fragment) };
}

function parseWithoutFragment(text: string): Omit<Uri, "fragment"> {
  const scheme = /^[a-zA-Z][a-zA-Z0-9+.-]*(?=:)/.exec(text)?.[0].toLowerCase() ?? "";
  if (text.startsWith(":")) throw new UriError("missing protocol scheme");
  const [beforeQuery, query] = cut(scheme === "" ? text : text.slice(scheme.length + 1), "?");
  let rest = beforeQuery;
  const nothing = { scheme, opaque: "", hasUser: false, host: "", path: "", rawPath: "", query };
  if (!rest.startsWith("/")) {
    if (scheme !== "") return { ...nothing, opaque: rest };
    if (cut(rest, "/")[0].includes(":")) throw new UriError("first path segment cannot contain colon");
  }
  let authority = "";
  if (rest.startsWith("//") && (scheme !== "" || !rest.startsWith("///"))) {
    const end = rest.indexOf("/", 2);
    authority = end < 0 ? rest.slice(2) : rest.slice(2, end);
    rest = end < 0 ? "" : rest.slice(end);
  }
  const host = parseAuthority(scheme, authority);
  return { ...nothing, hasUser: authority.includes("@"), host, path: unescape(rest), rawPath: isWrittenPlainly(rest) ? "" : rest };
}

function cut(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
}

/** The host of an authority, with its port. */
function parseAuthority(scheme: string, authority: string): string {
  const at = authority.lastIndexOf("@");
  const host = parseHost(scheme, authority.slice(at + 1));
  if (at >= 0) {
    const user = authority.slice(0, at);
    if (!/^[A-Za-z0-9._:~!$&'()*+,;=%@-]*$/.test(user)) throw new UriError("invalid userinfo");
    unescape(user);
  }
  return host;
}

function parseHost(scheme: string, host: string): string {
  const bracket = host.lastIndexOf("[");
  if (bracket > 0) throw new UriError("invalid IP-literal");
  if (bracket === 0) return parseLiteral(host);
  const first = host.indexOf(":");
  // Lists of hosts with ports are common in the URIs of databases.
  const colon = scheme === "http" || scheme === "https" ? first : host.lastIndexOf(":");
  if (first >= 0) checkPort(host.slice(colon));
  return unescapeHost(host);
}

/** Reads `[::1]:80`. */
function parseLiteral(host: string): string {
  const end = host.lastIndexOf("]");
  if (end < 0) throw new UriError("missing ']' in host");
  checkPort(host.slice(end + 1));
  const literal = host.slice(1, end);
  const zoneAt = literal.indexOf("%25");
  const address = zoneAt < 0 ? unescapeHost(literal) : unescapeHost(literal.slice(0, zoneAt)) + unescapeZone(literal.slice(zoneAt));
  // A zone (`%eth0`) is no part of the address proper.
  if (!address.includes(":") || parseAddress(address.replace(/%.*$/u, "")) === undefined) throw new UriError("invalid host");
  return `[${address}]${host.slice(end + 1)}`;
}

function checkPort(text: string): void {
  if (!/^(?::[0-9]*)?$/.test(text)) throw new UriError(`invalid port ${JSON.stringify(text)} after host`);
}

/** A host may have escapes of bytes beyond ASCII only. */
function unescapeHost(text: string): string {
  const wrong = /%(?!25)[0-7][0-9a-fA-F]/.exec(text)?.[0];
  if (wrong !== undefined) throw new UriError(`invalid URL escape ${JSON.stringify(wrong)}`);
  checkHostCharacters(text);
  return unescape(text);
}

/** Escapes in a zone must stand for what a host may contain anyway, or for a space. */
function unescapeZone(text: string): string {
  checkHostCharacters(text);
  const zone = unescape(text);
  checkHostCharacters(zone.replaceAll(/[% ]/g, ""));
  return zone;
}

function checkHostCharacters(text: string): void {
  const wrong = /[^A-Za-z0-9._~!$&'()*+,;=:[\]<>"%\u0080-\uffff-]/.exec(text)?.[0];
  if (wrong !== undefined) throw new UriError(`invalid character ${JSON.stringify(wrong)} in host name`);
}

function unescape(text: string): string {
  const wrong = /%(?![0-9a-fA-F]{2}).{0,2}/s.exec(text)?.[0];
  if (wrong !== undefined) throw new UriError(`invalid URL escape ${JSON.stringify(wrong)}`);
  if (!text.includes("%")) return text;
  const bytes = text
    .split(/((?:%[0-9a-fA-F]{2})+)/)
    .map((part, i) => Buffer.from(i % 2 === 1 ? part.replaceAll("%", "") : part, i % 2 === 1 ? "hex" : "utf8"));
  return textOfBytes(Buffer.concat(bytes));
}

/** Whether a path has escapes exactly where Go would write them. */
function isWrittenPlainly(path: string): boolean {
  if (/[^A-Za-z0-9._~$&+,/:;=@%-]|%.?[a-f]/.test(path)) return false;
  return (path.match(/%../g) ?? []).every(
    (escape) => !/[A-Za-z0-9._~$&+,/:;=@-]/.test(String.fromCharCode(Number.parseInt(escape.slice(1), 16))),
  );
}
