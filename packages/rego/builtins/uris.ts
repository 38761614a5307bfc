// https://www.openpolicyagent.org/docs/policy-reference#uri.
import type { PlainObject } from "../runtime/value.ts";
import type { Builtin } from "./define.ts";
import { define } from "./define.ts";
import { any, boolean, objectOf, string } from "./type-description.ts";
import type { Uri } from "./uri-text.ts";
import { UriError, parseUri } from "./uri-text.ts";

/** The parts that are not empty. */
function describe(uri: Uri): PlainObject {
  const colon = /:[0-9]*$/.exec(uri.host)?.index ?? uri.host.length;
  const parts = {
    scheme: uri.scheme,
    hostname: uri.host.slice(0, colon).replace(/^\[(.*)\]$/, "$1"),
    port: uri.host.slice(colon + 1),
    path: uri.path,
    raw_path: uri.rawPath === "" ? uri.path : uri.rawPath,
    raw_query: uri.query,
    fragment: uri.fragment,
  };
  return Object.fromEntries(Object.entries(parts).filter(([, part]) => part !== ""));
}

export const uris: readonly Builtin[] = [
  define({
    name: "uri.parse",
    args: [string],
    result: objectOf(string, any),
    evaluate(context, text) {
      try {
        return describe(parseUri(text));
      } catch (error) {
        if (error instanceof UriError) return context.fail("eval_builtin_error", `${JSON.stringify(text)}: ${error.message}`);
        throw error;
      }
    },
  }),
  define({
    name: "uri.is_valid",
    args: [any],
    result: boolean,
    evaluate(_, text) {
      if (typeof text !== "string") return false;
      try {
        parseUri(text);
        return text !== "";
      } catch (error) {
        if (error instanceof UriError) return false;
        throw error;
      }
    },
  }),
];
