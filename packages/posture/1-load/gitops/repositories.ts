import path from "node:path";
import type { FileSystem } from "../file-system.ts";
import { isFields, listOf, scalarText, textOf, type Fields } from "../kustomize/kustomization.ts";
import type { LoadedResource } from "../loaders/define.ts";

/** The name of the source that Flux is itself deployed from: `flux bootstrap` calls it that. */
const MAIN = "flux-system";
const CONFIG_LIMIT = 1 << 18;

/** The URL of a Flux GitRepository, as {@link sameUrl} has it. */
export function urlOf({ object }: LoadedResource): string {
  return isFields(object["spec"]) ? sameUrl(scalarText(object["spec"]["url"])) : "";
}

/**
 * Why the source that a Flux object names is not the tree that is scanned; undefined where it is taken for it: it is called flux-system, or has the URL of the one that is, or all
 * that the tree names have one URL. A path that is there as well proves nothing.
 */
export function whyNotThisTree(ref: Fields, namespace: string, repositories: readonly LoadedResource[]): string | undefined {
  const kind = scalarText(ref["kind"]);
  const name = scalarText(ref["name"]);
  if (kind !== "GitRepository")
    return `its source is the ${kind || "object"} ${name || "without a name"}, and only Git repositories can be the tree that is scanned`;
  if (name === MAIN) return undefined;
  const wanted = scalarText(ref["namespace"]) || namespace;
  const own = repositories.filter((one) => one.name === name && (one.namespace === wanted || one.namespace === "" || wanted === ""));
  const [first] = own;
  if (first === undefined)
    return `its source, the GitRepository ${name || "without a name"}, is not in what was scanned: it may be another repository`;
  const main = new Set(repositories.flatMap((one) => (one.name === MAIN ? [urlOf(one)] : [])));
  const all = new Set(repositories.map((one) => urlOf(one)));
  if (main.size === 0 && all.size > 1)
    return `the tree names several Git repositories, none of them is called ${MAIN}, and ${name} may be another one`;
  if (main.size === 0 || own.every((one) => main.has(urlOf(one)))) return undefined;
  const url = isFields(first.object["spec"]) ? textOf(first.object["spec"]["url"]) : undefined;
  return `its source ${name} is another repository: ${url ?? "without a URL"}`;
}

/** The repositories that an Argo CD Application deploys paths of, as {@link sameUrl} has them. */
export function repositoriesOf({ object }: LoadedResource): readonly string[] {
  const spec = isFields(object["spec"]) ? object["spec"] : {};
  return [spec["source"], ...listOf(spec["sources"])].flatMap((one) =>
    isFields(one) && textOf(one["path"]) !== undefined ? [sameUrl(scalarText(one["repoURL"]))] : [],
  );
}

/**
 * Why the repository that an Application names is not the tree that is scanned; undefined where it is taken for it: no other is named in the tree, or it is a remote of the tree's
 * own `.git`.
 */
export async function whyNotOurs(
  repoUrl: string,
  named: readonly string[],
  root: string,
  files: Pick<FileSystem, "readFile">,
): Promise<string | undefined> {
  const wanted = sameUrl(repoUrl);
  if (named.every((one) => one === wanted)) return undefined;
  const remotes = await remotesOf(root, files);
  if (remotes.includes(wanted)) return undefined;
  if (remotes.length > 0) return `its repository ${repoUrl} is another one than the tree's own`;
  return `the tree names several repositories, and nothing tells whether ${repoUrl} is this one: its .git has no remote`;
}

/** The remotes of a clone: `url` in the sections `remote` of https://git-scm.com/docs/git-config */
async function remotesOf(root: string, files: Pick<FileSystem, "readFile">): Promise<readonly string[]> {
  const remotes: string[] = [];
  let inRemote = false;
  for (const line of (await configOf(root, files)).split("\n")) {
    if (/^\s*\[/u.test(line)) inRemote = /^\s*\[remote\s/iu.test(line);
    const url = inRemote ? /^\s*url\s*=\s*"?(?<url>[^\s"]+)/iu.exec(line)?.groups?.["url"] : undefined;
    if (url !== undefined) remotes.push(sameUrl(url));
  }
  return remotes;
}

/**
 * The configuration of a clone; empty where there is none. Of a submodule and of a further work tree `.git` is a file that says where Git's folder is, and in that of a work tree a file says where
 * the one is that all share: https://git-scm.com/docs/gitrepository-layout
 */
async function configOf(root: string, files: Pick<FileSystem, "readFile">): Promise<string> {
  const read = async (file: string): Promise<string | undefined> => {
    const { bytes } = await files.readFile(file, CONFIG_LIMIT).catch(() => ({ bytes: undefined }));
    return bytes === undefined ? undefined : new TextDecoder().decode(bytes);
  };
  const own = path.join(root, ".git");
  const config = await read(path.join(own, "config"));
  if (config !== undefined) return config;
  const named = /^gitdir: (?<folder>[^\n]+)/u.exec((await read(own)) ?? "")?.groups?.["folder"];
  if (named === undefined) return "";
  const folder = path.resolve(root, named.trim());
  const common = (await read(path.join(folder, "commondir")))?.trim();
  return (await read(path.join(common === undefined ? folder : path.resolve(folder, common), "config"))) ?? "";
}

/** One form of the URLs of a repository: `https://host/a/b.git`, `ssh://git@host/a/b` and `git@host:a/b` are the same. */
export function sameUrl(url: string): string {
  const bare = url
    .trim()
    .replace(/^[a-z][a-z+]*:\/\//iu, "")
    .replace(/^[^@/]*@/u, "");
  return bare
    .replace(/^(?<host>[^/:]+):(?:\d+(?=\/))?\/*/u, "$<host>/")
    .replace(/\/+$/u, "")
    .replace(/\.git$/u, "")
    .toLowerCase();
}
