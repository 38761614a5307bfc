// Which hosts may be reached: `allow_net` of OPA's capabilities, with ports besides.
/** `any`, or hosts as they stand in URLs, each with or without a port: `example.com`, `example.com:8443`, `10.0.0.1`, `[::1]:80`. A host without one is allowed with all. */
export type AllowedHosts = "any" | readonly string[];

/** Whether a host may be reached on a port; null stands for a mere look-up of the name, which any entry for the host allows. */
export function isAllowedHost(allowed: AllowedHosts, host: string, port: number | null): boolean {
  if (allowed === "any") return true;
  const wanted = bare(host);
  return allowed.some((entry) => {
    const { name, port: only } = hostAndPort(entry);
    return name === wanted && (only === null || port === null || only === port);
  });
}

const defaultPorts: Readonly<Record<string, number>> = { "http:": 80, "https:": 443 };

/** The port that a URL leads to. */
export function portOf(url: URL): number {
  return url.port === "" ? (defaultPorts[url.protocol] ?? 0) : Number(url.port);
}

function hostAndPort(entry: string): { readonly name: string; readonly port: number | null } {
  // An address of IPv6 without brackets has colons, but no port.
  const match = /^(?<name>\[[^\]]*\]|[^:]*):(?<port>[0-9]+)$/u.exec(entry)?.groups;
  return match === undefined ? { name: bare(entry), port: null } : { name: bare(match["name"] ?? ""), port: Number(match["port"]) };
}

/** Names differ neither by case nor by the dot of the root. */
function bare(host: string): string {
  return host
    .toLowerCase()
    .replace(/^\[(.*)\]$/u, "$1")
    .replace(/\.$/u, "");
}
