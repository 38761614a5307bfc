// A Git server on this machine's loopback: git's own http-backend (https://git-scm.com/docs/git-http-backend), run as CGI by Node.
import { spawn } from "node:child_process";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { runCommand } from "./run-holdfast.ts";

export interface GitServer {
  readonly url: string;
  /** The `Authorization` headers of the requests that came. */
  readonly authorizations: readonly string[];
  readonly close: () => void;
}

const IDENTITY = ["-c", "user.name=Kim", "-c", "user.email=kim@example.com", "-c", "init.defaultBranch=main"] as const;

/** Runs git in a folder as the author Kim, at a time where one is given, and returns what it printed. */
export async function git(cwd: string, args: readonly string[], time?: string): Promise<string> {
  const env = time === undefined ? {} : { GIT_AUTHOR_DATE: time, GIT_COMMITTER_DATE: time };
  const { code, stdout, stderr } = await runCommand(["git", ...IDENTITY, ...args], { cwd, env });
  if (code !== 0) throw new Error(`git ${args.join(" ")}: ${stderr}`);
  return stdout.trim();
}

/** Serves the bare repositories of a folder. With a token, only who sends it as the password of basic authentication is answered. */
export async function serveGit(folder: string, token?: string): Promise<GitServer> {
  const authorizations: string[] = [];
  const server = createServer((request, response) => {
    const { authorization = "" } = request.headers;
    authorizations.push(authorization);
    const password = Buffer.from(authorization.replace(/^Basic /u, ""), "base64")
      .toString()
      .split(":")[1];
    if (token !== undefined && password !== token) response.writeHead(401, { "WWW-Authenticate": 'Basic realm="git"' }).end();
    else answer(folder, request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return { url: `http://127.0.0.1:${port}`, authorizations, close: () => server.close() };
}

function answer(folder: string, request: IncomingMessage, response: ServerResponse): void {
  const { pathname, search } = new URL(request.url ?? "/", "http://localhost");
  const { headers } = request;
  const child = spawn("git", ["http-backend"], {
    env: {
      PATH: process.env["PATH"],
      GIT_PROJECT_ROOT: folder,
      GIT_HTTP_EXPORT_ALL: "1",
      PATH_INFO: pathname,
      QUERY_STRING: search.slice(1),
      REQUEST_METHOD: request.method,
      CONTENT_TYPE: headers["content-type"] ?? "",
      HTTP_CONTENT_ENCODING: headers["content-encoding"] ?? "",
      GIT_PROTOCOL: String(headers["git-protocol"] ?? ""),
      REMOTE_USER: "kim",
    },
  });
  request.pipe(child.stdin);
  child.stdin.on("error", () => {});
  let head = Buffer.alloc(0);
  let begun = false;
  child.stdout.on("data", (chunk: Buffer) => {
    if (begun) {
      response.write(chunk);
      return;
    }
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf("\r\n\r\n");
    if (end === -1) return;
    begun = true;
    const lines = head.subarray(0, end).toString().split("\r\n");
    const fields = lines.map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1).trim()] as const);
    const status = fields.find(([name]) => name === "Status")?.[1] ?? "200";
    response.writeHead(Number.parseInt(status, 10), Object.fromEntries(fields.filter(([name]) => name !== "Status")));
    response.write(head.subarray(end + 4));
  });
  child.on("close", () => response.end());
}
