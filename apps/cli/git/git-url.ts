import { UsageError } from "../usage-error.ts";

/** A Git repository that is to be scanned, and which part of it. */
export interface GitRoot {
  /** As git is given it, or a path of this machine as it was written. */
  readonly url: string;
  /** How files of it are named in results: `github.com/stefanprodan/podinfo`. */
  readonly name: string;
  /** A branch, a tag or a commit; the default branch where none is named. */
  readonly ref: string | undefined;
  /** The folder or file of it that is scanned, with `/`; empty for all of it. */
  readonly path: string;
  /** Where a token may be sent: the origin of an https URL, or of an http URL of this machine. */
  readonly origin: string | undefined;
  /** The name in the URL that the token belongs to. */
  readonly user: string | undefined;
}

const SCHEME = /^(?<scheme>[a-z][a-z0-9+.-]*):\/\//iu;
/** `git@host:path`, as scp has it. */
const SCP = /^(?<user>[^@/:\s]+)@(?<host>[^@/:\s]+):(?<path>[^\s]+)$/u;
/** `ext::command` and the like: git runs such commands, Holdfast never. */
const TRANSPORT_HELPER = /^[a-z][a-z0-9+.-]*::/iu;
const LOOPBACK: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "[::1]"]);
const FORMS = "https://HOST/REPO, ssh://HOST/REPO, git@HOST:REPO or file:///REPO.git, with //FOLDER and ?ref=REF behind them";

/**
 * Whether something that is to be scanned is a Git repository's URL, and not a path of this machine: it has a scheme, is of scp's form, or ends in `.git`.
 */
export function isGitUrl(written: string): boolean {
  return SCHEME.test(written) || TRANSPORT_HELPER.test(written) || SCP.test(written) || /\.git(?:\/\/[^?]*)?(?:\?ref=.*)?$/u.test(written);
}

/**
 * Reads a repository's URL as Kustomize has it: `URL//FOLDER?ref=REF`; and the addresses that GitHub's and GitLab's pages of a folder have. `ref` is what the command line says.
 * Throws `UsageError` for what would be an option or a command for git, and for URLs with a password in them, which it doesn't repeat.
 */
export function readGitUrl(written: string, ref?: string): GitRoot {
  const root = readForm(written);
  if (root.ref !== undefined && ref !== undefined && root.ref !== ref)
    throw new UsageError(`${written}: it names ${root.ref}, and --git-ref ${ref}: name one of them`);
  const chosen = root.ref ?? ref;
  if (chosen !== undefined && !isRef(chosen))
    throw new UsageError(`${JSON.stringify(chosen)} can't be the name of a branch or tag, nor a commit`);
  if (root.path.split("/").includes("..")) throw new UsageError(`${written}: the folder leaves the repository`);
  return { ...root, ref: chosen };
}

function readForm(written: string): GitRoot {
  // A control character has no place in any of the forms, and would be shown by terminals.
  if (/[\s\p{Cc}]/u.test(written)) throw new UsageError(`${JSON.stringify(written)}: a URL has no spaces or control characters`);
  if (TRANSPORT_HELPER.test(written)) throw new UsageError(`${written}: git would run a command for this. Use ${FORMS}`);
  const scheme = SCHEME.exec(written)?.groups?.["scheme"]?.toLowerCase();
  if (scheme !== undefined) return readUrl(written, scheme);
  const scp = SCP.exec(written)?.groups;
  return scp === undefined ? readLocal(written) : readScp(written, scp);
}

interface Parts {
  readonly repository: string;
  readonly path: string;
  readonly ref: string | undefined;
}

/** Takes `?ref=REF` and `//FOLDER` from the end. */
function partsOf(written: string, from: number): Parts {
  const [before = "", query, ...more] = written.slice(from).split("?");
  let ref: string | undefined;
  if (query !== undefined) {
    ref = /^ref=(?<ref>[^&]+)$/u.exec(query)?.groups?.["ref"];
    if (ref === undefined || more.length > 0) throw new UsageError(`${withoutQuery(written)}: only ?ref=REF may stand behind a URL`);
    ref = decoded(ref);
  }
  const slashes = before.indexOf("//");
  const repository = slashes === -1 ? before : before.slice(0, slashes);
  return { repository: written.slice(0, from) + repository, path: slashes === -1 ? "" : trimmed(before.slice(slashes)), ref };
}

function withoutQuery(written: string): string {
  return written.replace(/\?.*$/u, "");
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function trimmed(path: string): string {
  return path.replaceAll(/^\/+|\/+$/gu, "").replaceAll(/\/{2,}/gu, "/");
}

function readUrl(written: string, scheme: string): GitRoot {
  if (!["https", "http", "ssh", "file"].includes(scheme))
    throw new UsageError(`${withoutQuery(written)}: ${scheme} is not read. Use ${FORMS}`);
  const parsed = URL.parse(written);
  if (parsed === null) throw new UsageError("a URL of a repository can't be read. Its form is https://HOST/REPO");
  if (parsed.password !== "")
    throw new UsageError(
      `the URL of ${parsed.host} has a password in it, which others could see in lists of processes. Put it into the variable GIT_TOKEN instead`,
    );
  if (parsed.hash !== "") throw new UsageError(`${withoutQuery(written)}: name a branch, tag or commit with ?ref=REF`);
  if (parsed.hostname.startsWith("-") || parsed.username.startsWith("-") || /%2d/iu.test(parsed.hostname))
    throw new UsageError(`${withoutQuery(written)}: the host would be an option for ssh`);
  if (scheme === "file") {
    if (parsed.host !== "") throw new UsageError(`${withoutQuery(written)}: a file URL names no host`);
    const parts = partsOf(written, "file://".length);
    return { ...local(parts), url: parts.repository };
  }
  const page = pageOf(parsed);
  const parts =
    page ?? partsOf(written, written.indexOf("/", scheme.length + 3) === -1 ? written.length : written.indexOf("/", scheme.length + 3));
  const { pathname, host, username } = URL.parse(parts.repository) ?? parsed;
  const repository = trimmed(decoded(pathname));
  if (repository === "") throw new UsageError(`${withoutQuery(written)}: name the repository behind the host`);
  const mayAuthorise = scheme === "https" || (scheme === "http" && LOOPBACK.has(parsed.hostname));
  return {
    url: parts.repository,
    name: nameOf(host, repository),
    ref: parts.ref,
    path: parts.path,
    origin: mayAuthorise ? parsed.origin : undefined,
    user: username === "" ? undefined : decoded(username),
  };
}

/** The address of a folder's page: GitHub's `/OWNER/REPO/tree/REF/FOLDER`, GitLab's `/GROUP/REPO/-/tree/REF/FOLDER`. A ref in it has no `/`. */
function pageOf({ origin, pathname, search }: URL): Parts | undefined {
  const found =
    /^(?<repository>\/.+)\/-\/(?:tree|blob)\/(?<ref>[^/]+)(?<path>\/.*)?$/u.exec(pathname) ??
    /^(?<repository>\/[^/]+\/[^/]+)\/(?:tree|blob)\/(?<ref>[^/]+)(?<path>\/.*)?$/u.exec(pathname);
  if (found?.groups === undefined || search !== "") return undefined;
  const { repository = "", ref = "", path = "" } = found.groups;
  return { repository: origin + repository, path: trimmed(decoded(path)), ref: decoded(ref) };
}

function readScp(written: string, { user = "", host = "" }: Readonly<Record<string, string>>): GitRoot {
  const parts = partsOf(written, user.length + host.length + 2);
  const path = parts.repository.slice(user.length + host.length + 2);
  if (user.startsWith("-") || host.startsWith("-") || path.startsWith("-"))
    throw new UsageError(`${written}: a part of it would be an option for ssh or git`);
  return { url: parts.repository, name: nameOf(host, trimmed(path)), ref: parts.ref, path: parts.path, origin: undefined, user: undefined };
}

function readLocal(written: string): GitRoot {
  if (written.startsWith("-")) throw new UsageError(`${written}: it would be an option for git`);
  return local(partsOf(written, written.startsWith("/") ? 1 : 0));
}

function local(parts: Parts): GitRoot {
  const name = trimmed(parts.repository).split("/").at(-1) ?? "";
  return { url: parts.repository, name: nameOf("", name), ref: parts.ref, path: parts.path, origin: undefined, user: undefined };
}

/** A name that is safe as a path: the host, without a port, and the repository's path. */
function nameOf(host: string, repository: string): string {
  const parts = `${host.replace(/:\d+$/u, "")}/${repository.replace(/\.git$/u, "")}`.split("/");
  return parts.filter((part) => part !== "" && part !== "." && part !== "..").join("/");
}

/** Names that git allows, and nothing that would be an option or a refspec: https://git-scm.com/docs/git-check-ref-format */
function isRef(ref: string): boolean {
  return /^[^-\s\p{Cc}~^:?*[\\+@][^\s\p{Cc}~^:?*[\\]*$/u.test(ref) && !/\.\.|@\{|\/\/|\.$|\/$|\.lock$/u.test(ref);
}
