/** How to log in at a registry: a name and a password, or a token that is exchanged for others. */
export type RegistryCredential =
  | { readonly username: string; readonly password: string }
  | { readonly identityToken: string }
  /** The login is kept by a program that would have to be run. */
  | { readonly helper: string };

/** The login for a repository; null where there is none. */
export type RegistryCredentials = (registry: string, repository: string) => RegistryCredential | null;

interface ConfigEntry {
  readonly auth?: unknown;
  readonly username?: unknown;
  readonly password?: unknown;
  readonly identitytoken?: unknown;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A key of `auths` as a registry, perhaps with the beginning of a repository: `https://index.docker.io/v1/` is Docker Hub. */
function placeOf(key: string): string {
  const place = key.replace(/^https?:\/\//u, "").replace(/\/(?:v[12]\/?)?$/u, "");
  return /^(?:index\.)?docker\.io(?=\/|$)/u.test(place) ? place.replace(/^(?:index\.)?docker\.io/u, "registry-1.docker.io") : place;
}

function credentialOf(entry: ConfigEntry): RegistryCredential | null {
  if (typeof entry.identitytoken === "string" && entry.identitytoken !== "") return { identityToken: entry.identitytoken };
  if (typeof entry.auth === "string" && entry.auth !== "") {
    const decoded = Buffer.from(entry.auth, "base64").toString("utf8");
    const colon = decoded.indexOf(":");
    // Docker pads passwords with NUL.
    return colon === -1 ? null : { username: decoded.slice(0, colon), password: decoded.slice(colon + 1).replace(/\0+$/u, "") };
  }
  const { username, password } = entry;
  return typeof username === "string" && typeof password === "string" ? { username, password } : null;
}

/**
 * The logins of a Docker configuration (`config.json`, also Podman's `auth.json`): `auths`, of which the longest key that a repository begins with counts, and the names of
 * `credHelpers` and `credsStore`. Null for a text that is no such file.
 * Source: https://docs.docker.com/reference/cli/docker/login/#credential-stores
 */
export function readDockerConfig(text: string): RegistryCredentials | null {
  let config: unknown;
  try {
    config = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isRecord(config)) return null;
  const logins = new Map<string, RegistryCredential>();
  const { auths, credHelpers, credsStore } = config;
  if (isRecord(auths)) {
    for (const [key, entry] of Object.entries(auths)) {
      const credential = isRecord(entry) ? credentialOf(entry) : null;
      if (credential !== null) logins.set(placeOf(key), credential);
      // Docker leaves an empty entry for a login that its store keeps.
      else if (typeof credsStore === "string" && credsStore !== "") logins.set(placeOf(key), { helper: credsStore });
    }
  }
  if (isRecord(credHelpers)) {
    for (const [key, helper] of Object.entries(credHelpers)) if (typeof helper === "string") logins.set(placeOf(key), { helper });
  }
  return (registry, repository) => {
    const full = `${registry}/${repository}`;
    const places = [...logins.keys()].filter((place) => full === place || full.startsWith(`${place}/`));
    const longest = places.toSorted((a, b) => b.length - a.length)[0];
    return longest === undefined ? null : (logins.get(longest) ?? null);
  };
}
