// How long a reply may be used again: https://www.rfc-editor.org/rfc/rfc9111, as far as a client that shares nothing needs it.
import type { NetworkReply } from "./network.ts";

/** Replies that may be kept, as RFC 9110 (section 15.1) lists them; partial ones are not. */
const keptStatuses: ReadonlySet<number> = new Set([200, 203, 204, 300, 301, 404, 405, 410, 414, 501]);

/** Whether a reply with this status may be used for a later request. */
export function mayBeKept(reply: NetworkReply): boolean {
  return keptStatuses.has(reply.statusCode);
}

/** Until when a reply is fresh by its headers, in milliseconds since 1970; null if it is not to be kept. */
export function freshUntil(reply: NetworkReply, now: number): number | null {
  const directives = directivesOf(reply);
  if (!mayBeKept(reply) || directives.has("no-store")) return null;
  const maxAge = directives.get("max-age");
  if (directives.has("no-cache")) return isConditional(reply) ? now : null;
  if (maxAge !== undefined && /^[0-9]+$/.test(maxAge)) return now + (Number(maxAge) - age(reply)) * 1000;
  const expires = Date.parse(header(reply, "expires") ?? "");
  if (Number.isFinite(expires)) {
    const date = Date.parse(header(reply, "date") ?? "");
    return now + expires - (Number.isFinite(date) ? date : now);
  }
  return isConditional(reply) ? now : null;
}

/** The headers that ask a server whether a reply still holds; none if it can't be asked. */
export function conditions(reply: NetworkReply): readonly (readonly [string, string])[] {
  const tag = header(reply, "etag");
  const modified = header(reply, "last-modified");
  return [
    ...(tag === undefined ? [] : [["If-None-Match", tag] as const]),
    ...(modified === undefined ? [] : [["If-Modified-Since", modified] as const]),
  ];
}

/** A kept reply, with the headers of the server's answer that it still holds (status 304). */
export function renewed(kept: NetworkReply, answer: NetworkReply): NetworkReply {
  const fresh = Object.entries(answer.headers).filter(([name]) => name !== "content-length");
  return { ...kept, headers: { ...kept.headers, ...Object.fromEntries(fresh) } };
}

function isConditional(reply: NetworkReply): boolean {
  return conditions(reply).length > 0;
}

function directivesOf(reply: NetworkReply): ReadonlyMap<string, string> {
  const list = (reply.headers["cache-control"] ?? []).join(",").split(",");
  return new Map(
    list.map((directive) => {
      const [name = "", value = ""] = directive.split("=", 2);
      return [name.trim().toLowerCase(), value.trim().replaceAll('"', "")];
    }),
  );
}

function age(reply: NetworkReply): number {
  const seconds = Number(header(reply, "age") ?? 0);
  return Number.isFinite(seconds) && seconds > 0 ? seconds : 0;
}

function header(reply: NetworkReply, name: string): string | undefined {
  return reply.headers[name]?.[0];
}
