/** Where an image is: its registry with the port, the repository there, and the tag and digest that it was named by. */
export interface ImageReference {
  readonly registry: string;
  readonly repository: string;
  readonly tag: string;
  /** With its algorithm, as `sha256:…`; null where the name has none. It outweighs the tag. */
  readonly digest: string | null;
}

const DOCKER_HUB: ReadonlySet<string> = new Set(["docker.io", "index.docker.io", "registry-1.docker.io", "registry.hub.docker.com"]);

const NAME =
  /^(?<name>[^@:/]+(?::\d+(?=\/))?(?:\/[^@:/]+)*)(?::(?<tag>[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}))?(?:@(?<digest>sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128}))?$/u;
const REGISTRY = /^(?:[a-zA-Z0-9.-]+|\[[0-9a-fA-F:]+\])(?::\d{1,5})?$/u;
const REPOSITORY = /^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*$/u;

/**
 * Reads an image's name as container runtimes do: without a registry it is Docker Hub's, without tag and digest `latest`. Null for what is no name.
 * Source: https://pkg.go.dev/github.com/distribution/reference
 */
export function readImageReference(image: string): ImageReference | null {
  const parts = NAME.exec(image)?.groups;
  if (parts === undefined || image.length > 512) return null;
  const name = parts["name"] ?? "";
  const slash = name.indexOf("/");
  const first = name.slice(0, Math.max(slash, 0));
  const named = first !== "" && (/[.:A-Z]/u.test(first) || first === "localhost");
  const hub = !named || DOCKER_HUB.has(first);
  const rest = named ? name.slice(slash + 1) : name;
  const repository = hub && !rest.includes("/") ? `library/${rest}` : rest;
  const registry = hub ? "registry-1.docker.io" : first;
  if (!REGISTRY.test(registry) || !REPOSITORY.test(repository)) return null;
  return { registry, repository, tag: parts["tag"] ?? "latest", digest: parts["digest"] ?? null };
}
