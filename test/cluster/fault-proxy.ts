import { readFileSync } from "node:fs";
import http from "node:http";
import https from "node:https";
import type { AddressInfo } from "node:net";
import type { TestCluster } from "./start-cluster.ts";

/** A request that came through. */
export interface ProxiedRequest {
  readonly method: string;
  /** With its query. */
  readonly target: string;
  readonly accept: string;
  /** How many requests for the same path, whatever the query, came before. */
  readonly earlier: number;
}

/** What is done to a request instead of passing it on unharmed. */
export type Fault =
  /** The server's answer, cut off after so many bytes. */
  | { readonly kind: "cut"; readonly bytes: number }
  /** The server's answer, so much later. */
  | { readonly kind: "slow"; readonly milliseconds: number }
  /** Another answer. */
  | { readonly kind: "answer"; readonly status: number; readonly body: object; readonly headers?: Readonly<Record<string, string>> };

/** Stands in front of a test cluster, passes requests on as its administrator, and does harm where it is told to. */
export class FaultProxy {
  readonly requests: ProxiedRequest[] = [];
  readonly #server: http.Server;
  readonly #agent: https.Agent;
  #fault: (request: ProxiedRequest) => Fault | null = () => null;

  constructor(cluster: TestCluster, { certificate, key }: { readonly certificate: string; readonly key: string }) {
    const [ca, cert, secret] = [cluster.authority.certificate, certificate, key].map((file) => readFileSync(file));
    this.#agent = new https.Agent({ keepAlive: true, ca, cert, key: secret });
    this.#server = http.createServer((incoming, outgoing) => this.#pass(cluster.url, incoming, outgoing));
  }

  /** Starts one on a free port of loopback. */
  static async start(cluster: TestCluster): Promise<FaultProxy> {
    const proxy = new FaultProxy(cluster, cluster.authority.user("proxy", ["system:masters"]));
    await new Promise<void>((resolve) => void proxy.#server.listen(0, "127.0.0.1", resolve));
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Says what harm to do from now on, and forgets the requests so far. */
  harm(fault: (request: ProxiedRequest) => Fault | null): void {
    this.requests.length = 0;
    this.#fault = fault;
  }

  async stop(): Promise<void> {
    this.#agent.destroy();
    this.#server.closeAllConnections();
    await new Promise((resolve) => void this.#server.close(resolve));
  }

  #pass(url: string, incoming: http.IncomingMessage, outgoing: http.ServerResponse): void {
    const target = incoming.url ?? "/";
    const path = target.split("?")[0] ?? "";
    const earlier = this.requests.filter((one) => one.target.split("?")[0] === path).length;
    const request = { method: incoming.method ?? "", target, accept: incoming.headers.accept ?? "", earlier };
    this.requests.push(request);
    const fault = this.#fault(request);
    if (fault?.kind === "answer") {
      outgoing.writeHead(fault.status, { "content-type": "application/json", ...fault.headers }).end(JSON.stringify(fault.body));
      return;
    }
    // Unpacked, so that what is cut off is half a list.
    const { host: _, "accept-encoding": _packed, ...headers } = incoming.headers;
    const onward = https.request(`${url}${target}`, { method: request.method, agent: this.#agent, headers }, (response) => {
      const send = (): void => {
        if (fault?.kind !== "cut") {
          outgoing.writeHead(response.statusCode ?? 500, response.headers);
          response.pipe(outgoing);
          return;
        }
        outgoing.writeHead(response.statusCode ?? 500, response.headers);
        response.once("data", (chunk: Buffer) => {
          outgoing.write(chunk.subarray(0, fault.bytes), () => outgoing.destroy());
          response.destroy();
        });
      };
      if (fault?.kind === "slow") setTimeout(send, fault.milliseconds);
      else send();
    });
    onward.on("error", () => outgoing.destroy());
    incoming.pipe(onward);
  }
}

/** The status with which an API server refuses a page whose list it no longer knows; `more` is the token that goes on in the present state. */
export function expired(more: string | null): Fault {
  const metadata = more === null ? {} : { continue: more };
  const body = {
    kind: "Status",
    apiVersion: "v1",
    metadata,
    status: "Failure",
    message: "the provided continue parameter is too old",
    reason: "Expired",
    code: 410,
  };
  return { kind: "answer", status: 410, body };
}
