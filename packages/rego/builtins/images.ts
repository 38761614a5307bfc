// `image.parse_normalized_name`, which Kubescape adds to OPA: the full name of an image as container runtimes understand it.
// Rules of the names: https://pkg.go.dev/github.com/distribution/reference
import type { Builtin } from "./define.ts";
import { define } from "./define.ts";
import { string } from "./type-description.ts";

const defaultDomain = "docker.io";
const longestName = 255;

const domainComponent = "(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])";
const domain = `(?:${domainComponent}(?:\\.${domainComponent})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?`;
const component = "[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*";
const tag = "[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}";
const digest = "[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}";
const reference = new RegExp(`^(${domain}/${component}(?:/${component})*)(?::${tag})?(?:@${digest})?$`);

/** Domain and remainder. The first part is a domain if it cannot be a path: it has a dot, a port or capitals, or is `localhost`. */
function splitDomain(name: string): readonly [domain: string, remainder: string] {
  const slash = name.indexOf("/");
  const first = name.slice(0, Math.max(0, slash));
  const isDomain = slash >= 0 && (/[.:]/.test(first) || first === "localhost" || first !== first.toLowerCase());
  const found = isDomain ? first : defaultDomain;
  const remainder = isDomain ? name.slice(slash + 1) : name;
  // The old name of Docker Hub.
  return [found === "index.docker.io" ? defaultDomain : found, remainder];
}

/** `nginx:1.27` in full is `docker.io/library/nginx:1.27`; no tag is added. Undefined for what is no name, such as an image's bare id. */
function normalizedImageName(name: string): string | undefined {
  if (/^[a-f0-9]{64}$/.test(name)) return undefined;
  const [found, remainder] = splitDomain(name);
  const path = found === defaultDomain && !remainder.includes("/") ? `library/${remainder}` : remainder;
  const full = `${found}/${path}`;
  const match = reference.exec(full);
  return match === null || (match[1] as string).length > longestName ? undefined : full;
}

export const images: readonly Builtin[] = [
  define({
    name: "image.parse_normalized_name",
    args: [string],
    result: string,
    evaluate: (context, name) => normalizedImageName(name) ?? context.fail("eval_builtin_error", "invalid reference format"),
  }),
];
