// The formats of texts. They are checked as https://github.com/xeipuuv/gojsonschema does, which is more lenient than their standards in places.
import { parseAddress } from "../ip-network.ts";
import { compilePattern } from "../pattern.ts";
import { parseTime } from "../time/parse-time.ts";
import { UriError, parseUri } from "../uri-text.ts";

const timeLayouts = ["15:04:05", "15:04:05Z07:00"];
const layouts: ReadonlyMap<string, readonly string[]> = new Map([
  ["date", ["2006-01-02"]],
  ["time", timeLayouts],
  ["date-time", [...timeLayouts, "2006-01-02", "2006-01-02T15:04:05Z07:00"]],
]);
const label = "(?:[a-zA-Z]|[a-zA-Z][a-zA-Z0-9-]*[a-zA-Z0-9])";

const checks: ReadonlyMap<string, (text: string) => boolean> = new Map([
  ...Array.from(layouts, ([name, list]) => [name, (text: string) => list.some((layout) => parseTime(layout, text) !== undefined)] as const),
  ["hostname", (text: string) => text.length < 256 && (compilePattern(`^${label}(?:\\.${label})*$`)?.test(text) ?? false)],
  ["email", isMailbox],
  ["idn-email", isMailbox],
  ["ipv4", (text: string) => parseAddress(text) !== undefined && text.includes(".")],
  ["ipv6", (text: string) => parseAddress(text) !== undefined && text.includes(":")],
  ["uri", (text: string) => isUri(text, true)],
  ["iri", (text: string) => isUri(text, true)],
  ["uri-reference", (text: string) => isUri(text, false)],
  ["iri-reference", (text: string) => isUri(text, false)],
  ["uri-template", (text: string) => isUri(text, false) && /^[^{}]*(?:\{[^}]*\}[^{]*)*$/.test(text)],
  ["uuid", (text: string) => /^[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}$/i.test(text)],
  ["regex", (text: string) => compilePattern(text) !== undefined],
  ["json-pointer", (text: string) => /^(?:\/(?:[^~/]|~0|~1)*)*$/.test(text)],
  ["relative-json-pointer", (text: string) => /^(?:0|[1-9][0-9]*)(?:#|(?:\/(?:[^~/]|~0|~1)*)*)$/.test(text)],
]);

/** Whether a text has a format; one that is not known does not matter. */
export function hasFormat(format: string, text: string): boolean {
  return checks.get(format)?.(text) ?? true;
}

function isUri(text: string, isAbsolute: boolean): boolean {
  try {
    const uri = parseUri(text);
    return !text.includes("\\") && (!isAbsolute || uri.scheme !== "");
  } catch (error) {
    if (error instanceof UriError) return false;
    throw error;
  }
}

/** `ada@example.org`, or `Ada <ada@example.org>`. */
function isMailbox(text: string): boolean {
  const address = /^[^<>@"]*<([^<>]*)>\s*$/.exec(text)?.[1] ?? text.trim();
  return /^(?:[^\s@<>()[\]:;,\\".]+(?:\.[^\s@<>()[\]:;,\\".]+)*|"[^"\\]*")@(?:[^\s@<>()[\]:;,\\".]+(?:\.[^\s@<>()[\]:;,\\".]+)*|\[[^\]]*\])$/.test(
    address,
  );
}
