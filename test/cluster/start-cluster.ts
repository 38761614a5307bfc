// A real Kubernetes API server and its database for tests: no nodes, no controllers, nothing that runs a container.
import { generateKeyPairSync } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import https from "node:https";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import type { KubernetesObject } from "@holdfast/core";
import { Authority, type Identity } from "./certificates.ts";
import { GuardedProcess } from "./guarded-process.ts";

/** What the API server answered; `body` is the parsed JSON. */
export interface Answer {
  readonly status: number;
  readonly body: KubernetesObject;
}

async function freePorts(count: number): Promise<readonly number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  await Promise.all(servers.map(async (server) => new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve))));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map(async (server) => new Promise((resolve) => void server.close(resolve))));
  return ports;
}

/** A running API server on loopback. */
export class TestCluster {
  /** A folder for what belongs to this cluster; it is gone when the cluster is. */
  readonly folder: string;
  readonly url: string;
  readonly authority: Authority;
  /** A kubeconfig of an account that may do everything. */
  readonly kubeconfig: string;
  readonly #admin: Identity;
  readonly #agent: https.Agent;
  readonly #stop: () => Promise<void>;

  constructor(folder: string, url: string, authority: Authority, stop: () => Promise<void>) {
    this.folder = folder;
    this.url = url;
    this.authority = authority;
    this.#stop = stop;
    this.#admin = authority.user("admin", ["system:masters"]);
    this.kubeconfig = this.writeKubeconfig("admin", this.#admin);
    const [ca, cert, key] = [authority.certificate, this.#admin.certificate, this.#admin.key].map((file) => readFileSync(file));
    this.#agent = new https.Agent({ keepAlive: true, maxSockets: 16, ca, cert, key });
  }

  /** A kubeconfig of an account of this name, which may do nothing until a role is bound to it; its context has the name too. `server` is another address of the cluster, such as a proxy's. */
  kubeconfigOf(name: string, groups: readonly string[] = [], server: string = this.url): string {
    return this.writeKubeconfig(name, this.authority.user(name, groups), server);
  }

  /** Writes a kubeconfig for an identity. */
  writeKubeconfig(name: string, { certificate, key }: Identity, server: string = this.url): string {
    const config = {
      apiVersion: "v1",
      kind: "Config",
      clusters: [{ name: "test", cluster: { server, "certificate-authority": this.authority.certificate } }],
      users: [{ name, user: { "client-certificate": certificate, "client-key": key } }],
      contexts: [{ name, context: { cluster: "test", user: name } }],
      "current-context": name,
    };
    const file = path.join(this.folder, `${name.replaceAll(/[^\w-]/gu, "_")}-${new URL(server).port}.kubeconfig`);
    writeFileSync(file, JSON.stringify(config));
    return file;
  }

  /** Sends a request as the account that may do everything. */
  async request(method: string, target: string, body?: object): Promise<Answer> {
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    const headers = body === undefined ? {} : { "content-type": "application/json" };
    const request = https.request(`${this.url}${target}`, { method, agent: this.#agent, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () => {
        const text = Buffer.concat(chunks).toString();
        const json = text.startsWith("{") ? (JSON.parse(text) as KubernetesObject) : { message: text };
        resolve({ status: response.statusCode ?? 0, body: json });
      });
    });
    request.on("error", reject);
    request.end(body === undefined ? undefined : JSON.stringify(body));
    return promise;
  }

  /** Creates objects, those of a list in its order where `inOrder` is set. Returns them as the server stored them. Throws where it refuses one. */
  async create(objects: readonly object[], inOrder = false): Promise<readonly KubernetesObject[]> {
    const made: KubernetesObject[] = [];
    let next = 0;
    const work = async (): Promise<void> => {
      for (let at = next++; at < objects.length; at = next++) {
        const object = objects[at] as KubernetesObject;
        const { status, body } = await this.request("POST", collectionOf(object), object);
        if (status !== 201) throw new Error(`the API server refused ${JSON.stringify(object).slice(0, 200)}: ${JSON.stringify(body)}`);
        made[at] = body;
      }
    };
    await Promise.all(Array.from({ length: inOrder ? 1 : 16 }, work));
    return made;
  }

  /** Ends both programs and deletes the folder. */
  async stop(): Promise<void> {
    this.#agent.destroy();
    await this.#stop();
  }
}

const CLUSTER_SCOPED = new Set([
  "Namespace",
  "Node",
  "PersistentVolume",
  "StorageClass",
  "ClusterRole",
  "ClusterRoleBinding",
  "CustomResourceDefinition",
  "ValidatingWebhookConfiguration",
  "MutatingWebhookConfiguration",
  "ValidatingAdmissionPolicy",
  "ValidatingAdmissionPolicyBinding",
]);

/** Where objects of this kind are created: plural names as Kubernetes forms them for the kinds that tests use. */
function collectionOf(object: KubernetesObject): string {
  const { apiVersion, kind, metadata } = object as { apiVersion: string; kind: string; metadata: { namespace?: string } };
  const lower = kind.toLowerCase();
  const plural = lower.endsWith("s") ? `${lower}es` : lower.endsWith("y") ? `${lower.slice(0, -1)}ies` : `${lower}s`;
  const base = apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  const scoped = CLUSTER_SCOPED.has(kind) || metadata.namespace === undefined;
  return scoped ? `${base}/${plural}` : `${base}/namespaces/${metadata.namespace}/${plural}`;
}

function flagsOf(values: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(values).map(([name, value]) => `--${name}=${value}`);
}

/**
 * Starts etcd and kube-apiserver from `programs` (`tools/install-cluster --where`) on free ports of loopback: a few seconds. `flags` are more flags of the API server. They end with `stop`, and when
 * this process ends, however it does.
 */
export async function startCluster(programs: string, flags: readonly string[] = []): Promise<TestCluster> {
  const folder = mkdtempSync(path.join(realpathSync(tmpdir()), "holdfast-cluster-"));
  const started: GuardedProcess[] = [];
  const stop = async (): Promise<void> => {
    for (const program of started.toReversed()) await program.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  };
  try {
    const authority = new Authority(folder);
    const [client = 0, peer = 0, secure = 0] = await freePorts(3);
    const database = `http://127.0.0.1:${client}`;
    const peers = `http://127.0.0.1:${peer}`;
    const etcdFlags = flagsOf({
      "data-dir": path.join(folder, "etcd"),
      "unsafe-no-fsync": "true",
      "log-level": "warn",
      "listen-client-urls": database,
      "advertise-client-urls": database,
      "listen-peer-urls": peers,
      "initial-advertise-peer-urls": peers,
      "initial-cluster": `default=${peers}`,
    });
    const etcd = new GuardedProcess("etcd", [path.join(programs, "etcd"), ...etcdFlags], path.join(folder, "etcd.log"));
    started.push(etcd);
    const healthy = async (url: string): Promise<boolean> => {
      try {
        return (await fetch(url)).ok;
      } catch {
        return false;
      }
    };
    await etcd.until(async () => healthy(`${database}/health`));

    const server = authority.server();
    const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const keys = { private: path.join(folder, "accounts.key"), public: path.join(folder, "accounts.pub") };
    writeFileSync(keys.private, privateKey.export({ type: "pkcs8", format: "pem" }));
    writeFileSync(keys.public, publicKey.export({ type: "spki", format: "pem" }));
    const certificates = path.join(folder, "apiserver");
    mkdirSync(certificates);
    const serverFlags = flagsOf({
      "etcd-servers": database,
      "bind-address": "127.0.0.1",
      "advertise-address": "127.0.0.1",
      "secure-port": String(secure),
      "tls-cert-file": server.certificate,
      "tls-private-key-file": server.key,
      "client-ca-file": authority.certificate,
      "cert-dir": certificates,
      "service-account-issuer": "https://kubernetes.default.svc",
      "service-account-key-file": keys.public,
      "service-account-signing-key-file": keys.private,
      "service-cluster-ip-range": "10.96.0.0/16",
      "authorization-mode": "RBAC",
      "endpoint-reconciler-type": "none",
      "allow-privileged": "true",
      // Without a controller no namespace has a service account, and pods could not be created.
      "disable-admission-plugins": "ServiceAccount",
    });
    const apiServer = new GuardedProcess(
      "kube-apiserver",
      [path.join(programs, "kube-apiserver"), ...serverFlags, ...flags],
      path.join(folder, "kube-apiserver.log"),
    );
    started.push(apiServer);
    const cluster = new TestCluster(folder, `https://127.0.0.1:${secure}`, authority, stop);
    await apiServer.until(async () => {
      try {
        return (await cluster.request("GET", "/readyz")).status === 200;
      } catch {
        return false;
      }
    });
    return cluster;
  } catch (error) {
    await stop();
    throw error;
  }
}
