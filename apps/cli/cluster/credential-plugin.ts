import { spawn } from "node:child_process";
import type { RequestOptions } from "node:https";
import type { Authenticator } from "@kubernetes/client-node/dist/auth.js";
import { bearToken } from "./bearer-token.ts";
import { fieldsOf, type Fields } from "./fields.ts";
import { LastingCredential } from "./lasting-credential.ts";

type Variables = Readonly<Record<string, string | undefined>>;

/** What a plug-in gave, and until when it holds; null for as long as the program runs. */
interface Credential {
  readonly token: string | null;
  readonly certificate: string | null;
  readonly key: string | null;
  readonly expires: number | null;
}

/** The name under which a user's plug-in stands in what the client library is given. */
const PROVIDER = "holdfast-plugin";
const EXEC_API = "client.authentication.k8s.io/v1";
/** A plug-in may have to ask a provider over the network, and must not keep a scan for ever. */
const TIME_LIMIT = 60_000;
const LINGER = 500;
const LONGEST_OUTPUT = 2 ** 20;

function text(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

/** What a plug-in is told of whom it is asked for: https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins */
function execInfo(exec: Fields, cluster: Fields): string {
  const told = {
    server: cluster["server"],
    "tls-server-name": cluster["tls-server-name"],
    "insecure-skip-tls-verify": cluster["insecure-skip-tls-verify"],
    "certificate-authority-data": cluster["certificate-authority-data"],
    "proxy-url": cluster["proxy-url"],
  };
  const spec = { interactive: false, ...(exec["provideClusterInfo"] === true ? { cluster: told } : {}) };
  return JSON.stringify({ apiVersion: text(exec["apiVersion"]) ?? EXEC_API, kind: "ExecCredential", spec });
}

/** Runs a plug-in without a shell, and gives what it prints. Throws with what it says of itself where it fails. */
async function run(exec: Fields, info: string, environment: Variables, timeout: number): Promise<string> {
  const command = text(exec["command"]);
  if (command === null) throw new Error("the kubeconfig's plug-in names no command");
  const args: readonly unknown[] = Array.isArray(exec["args"]) ? exec["args"] : [];
  const env: Record<string, string | undefined> = { ...environment, KUBERNETES_EXEC_INFO: info };
  for (const one of Array.isArray(exec["env"]) ? (exec["env"] as unknown[]).map(fieldsOf) : []) {
    const name = text(one["name"]);
    if (name !== null) env[name] = text(one["value"]) ?? "";
  }
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const child = spawn(command, args.map(String), { env, stdio: ["ignore", "pipe", "pipe"] });
  // Node's own time limit would keep the program waiting for a plug-in that could not even be started.
  const limit = setTimeout(() => child.kill("SIGKILL"), timeout).unref();
  let [output, said] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    output += chunk;
    if (output.length > LONGEST_OUTPUT) child.kill("SIGKILL");
  });
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    if (said.length < LONGEST_OUTPUT) said += chunk;
  });
  child.on("error", (error: NodeJS.ErrnoException) => {
    const hint = text(exec["installHint"]);
    reject(new Error(`${command} can't be run (${error.code ?? error.message})${hint === null ? "" : `: ${hint}`}`));
  });
  // What the plug-in started may hold its output open for ever; some time after its own end nobody listens any more.
  child.on("exit", () => {
    setTimeout(() => {
      child.stdout.destroy();
      child.stderr.destroy();
    }, LINGER).unref();
  });
  child.on("close", (code, signal) => {
    clearTimeout(limit);
    if (code === 0) return resolve(output);
    const end = signal === null ? `ended with ${code}` : "took too long or printed too much";
    return reject(new Error(`${command} ${end}${said.trim() === "" ? "" : `: ${said.trim()}`}`));
  });
  return promise;
}

function credentialIn(output: string, command: string): Credential {
  let answer: unknown;
  try {
    answer = JSON.parse(output);
  } catch {
    throw new Error(`${command} printed no credential`);
  }
  const status = fieldsOf(fieldsOf(answer)["status"]);
  const expires = Date.parse(text(status["expirationTimestamp"]) ?? "");
  const credential = {
    token: text(status["token"]),
    certificate: text(status["clientCertificateData"]),
    key: text(status["clientKeyData"]),
    expires: Number.isNaN(expires) ? null : expires,
  };
  if (credential.token === null && credential.certificate === null) throw new Error(`${command} printed no credential`);
  return credential;
}

/** Asks a kubeconfig's credential plug-in (`exec`), once for as long as its answer holds. The client library would do the same, but for the time that it may take. */
export class CredentialPlugin implements Authenticator {
  readonly #environment: Variables;
  readonly #timeout: number;
  readonly #credential = new LastingCredential<Credential>(({ expires }) => expires);

  /** `environment` are the variables that the plug-in is given, `timeout` how many milliseconds it may take. */
  constructor(environment: Variables, timeout: number = TIME_LIMIT) {
    this.#environment = environment;
    this.#timeout = timeout;
  }

  /** A user's settings that name the plug-in `exec` so that the client library leaves it to this. */
  static provider(exec: Fields, cluster: Fields): Fields {
    return { name: PROVIDER, config: { plugin: exec, info: execInfo(exec, cluster) } };
  }

  isAuthProvider(user: { readonly authProvider?: unknown }): boolean {
    return fieldsOf(user.authProvider)["name"] === PROVIDER;
  }

  async applyAuthentication(user: { readonly authProvider?: unknown }, options: RequestOptions): Promise<void> {
    const { plugin, info } = fieldsOf(fieldsOf(user.authProvider)["config"]);
    const exec = fieldsOf(plugin);
    const { token, certificate, key } = await this.#credential.get(async () =>
      credentialIn(await run(exec, text(info) ?? "", this.#environment, this.#timeout), text(exec["command"]) ?? ""),
    );
    if (certificate !== null) options.cert = certificate;
    if (key !== null) options.key = key;
    if (token !== null) bearToken(options, token);
  }

  /** Forgets what the plug-in gave: the server does not accept it, whatever it says of its time. */
  forget(): void {
    this.#credential.forget();
  }
}
