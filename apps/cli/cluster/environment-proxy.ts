import { BlockList, isIP } from "node:net";

type Variables = Readonly<Record<string, string | undefined>>;

/** A variable by its name in small or capital letters; the small ones count more, as they do for Go's programs. */
function variable(variables: Variables, name: string): string {
  return (variables[name.toLowerCase()] ?? "") || (variables[name] ?? "");
}

function family(host: string): "ipv4" | "ipv6" {
  return isIP(host) === 6 ? "ipv6" : "ipv4";
}

/** Whether an entry of NO_PROXY means this server: a network, an address, a name with all below it, or, with a dot in front, only what is below; each with a port or without. */
function isMeant(entry: string, host: string, port: string): boolean {
  if (entry === "*") return true;
  const [network = "", bits] = entry.split("/");
  if (bits !== undefined) {
    if (isIP(host) === 0 || isIP(network) === 0 || family(host) !== family(network)) return false;
    const list = new BlockList();
    try {
      list.addSubnet(network, Number(bits), family(network));
    } catch {
      return false;
    }
    return list.check(host, family(host));
  }
  const parts = /^(?:\[(?<six>[^\]]*)\]|(?<name>[^:]*))(?::(?<port>\d+))?$/u.exec(entry)?.groups;
  // An address of version 6 without brackets has colons, and no port.
  const name = (parts === undefined ? entry : (parts["six"] ?? parts["name"] ?? "")).replace(/^\*(?=\.)/u, "");
  if (name === "" || (parts?.["port"] !== undefined && parts["port"] !== port)) return false;
  if (isIP(host) !== 0) return name === host;
  return name.startsWith(".") ? host.endsWith(name) : host === name || host.endsWith(`.${name}`);
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || (isIP(host) === 4 && host.startsWith("127."));
}

/**
 * The proxy that the environment names for a server (HTTPS_PROXY, or HTTP_PROXY for one without TLS; NO_PROXY says for which there is none), as kubectl understands these: https://pkg.go.dev/golang.org/x/net/http/httpproxy.
 * Null where there is none. The machine itself is never asked through a proxy.
 */
export function environmentProxy(server: string, variables: Variables): string | null {
  const url = URL.parse(server);
  if (url === null) return null;
  const secure = url.protocol === "https:";
  const named = variable(variables, secure ? "HTTPS_PROXY" : "HTTP_PROXY");
  if (named === "") return null;
  const host = url.hostname.replaceAll(/^\[|\]$/gu, "").toLowerCase();
  const port = url.port || (secure ? "443" : "80");
  const exceptions = variable(variables, "NO_PROXY")
    .split(",")
    .map((entry) => entry.trim().toLowerCase())
    .filter((entry) => entry !== "");
  if (isLoopback(host) || exceptions.some((entry) => isMeant(entry, host, port))) return null;
  // A proxy without a scheme is one without TLS.
  return /^[a-z][a-z0-9+.-]*:\/\//iu.test(named) ? named : `http://${named}`;
}
