import type { GitRoot } from "./git-url.ts";

/** What the environment gives for private repositories. */
export interface GitAccess {
  /** Tokens for one server each, by its origin: GITHUB_TOKEN and GITLAB_TOKEN. */
  readonly tokens: ReadonlyMap<string, GitToken>;
  /** GIT_TOKEN, for any server that has none of those. */
  readonly token: string | undefined;
}

export interface GitToken {
  readonly token: string;
  /** The name that this server expects with tokens. */
  readonly user: string;
}

export interface GitAuthorization {
  /** The header to send to the repository's origin. */
  readonly header?: string;
  /** Texts that no message may show. */
  readonly secrets: readonly string[];
}

/** The header for a repository, as HTTP's basic authentication has it (RFC 7617); none where there is no token, or none may be sent. */
export function authorization(root: GitRoot, access: GitAccess): GitAuthorization {
  if (root.origin === undefined) return { secrets: [] };
  const known =
    access.tokens.get(root.origin) ?? (access.token === undefined ? undefined : { token: access.token, user: "x-access-token" });
  if (known === undefined) return { secrets: [] };
  const encoded = Buffer.from(`${root.user ?? known.user}:${known.token}`).toString("base64");
  return { header: `Authorization: Basic ${encoded}`, secrets: [known.token, encoded] };
}

function origin(text: string | undefined): string | undefined {
  const url = URL.parse(text ?? "");
  return url === null || url.protocol !== "https:" ? undefined : url.origin;
}

/** Reads the variables that CI systems and their users set. A token goes to the server that it belongs to and to no other: GITHUB_TOKEN to GITHUB_SERVER_URL, GITLAB_TOKEN to CI_SERVER_URL. */
export function readGitAccess(env: Readonly<Record<string, string | undefined>>): GitAccess {
  const value = (...names: readonly string[]): string | undefined =>
    names.map((name) => env[name]).find((text) => text !== undefined && text !== "");
  const tokens = new Map<string, GitToken>();
  const gitlab = value("GITLAB_TOKEN");
  if (gitlab !== undefined) tokens.set(origin(env["CI_SERVER_URL"]) ?? "https://gitlab.com", { token: gitlab, user: "oauth2" });
  const github = value("GITHUB_TOKEN", "GH_TOKEN");
  if (github !== undefined) tokens.set(origin(env["GITHUB_SERVER_URL"]) ?? "https://github.com", { token: github, user: "x-access-token" });
  return { tokens, token: value("GIT_TOKEN") };
}
