// A stand-in for an API server behind TLS: it answers the few requests of a scan by one control about pods, and shows who asked how.
import { readFileSync } from "node:fs";
import http, { type IncomingMessage, type ServerResponse } from "node:http";
import https from "node:https";
import { connect, type AddressInfo, type Socket } from "node:net";
import { TLSSocket } from "node:tls";
import type { Authority } from "./certificates.ts";

/** Who asked: the Authorization header, and the common name of a client certificate that the authority signed. */
export interface Asked {
  readonly target: string;
  readonly authorization: string | undefined;
  readonly certificate: string | undefined;
}

const served = (kind: string, name: string) => ({ kind, name, namespaced: true, verbs: ["list", "get"] });

const ANSWERS: Readonly<Record<string, object>> = {
  "/version": { major: "1", minor: "34", gitVersion: "v1.34.4" },
  "/api": { kind: "APIVersions", versions: ["v1"] },
  "/apis": { kind: "APIGroupList", groups: [] },
  "/api/v1": { kind: "APIResourceList", resources: [served("Pod", "pods")] },
  "/api/v1/pods": {
    kind: "PodList",
    metadata: {},
    items: [
      {
        metadata: { name: "web", namespace: "shop", uid: "1" },
        spec: { containers: [{ name: "main", image: "web:1", securityContext: { privileged: true } }] },
      },
    ],
  },
};

/** The server, and what it was asked so far. */
export class StandInServer {
  readonly url: string;
  readonly asked: Asked[] = [];
  /** Whether an account may ask; those that may not are answered with 401. */
  accepts: (asked: Asked) => boolean = () => true;
  /** Answers of other paths than an API server's: those of an identity provider, say. */
  others: (target: string, body: string, authorization: string | undefined) => object | null = () => null;
  readonly #server: https.Server;

  private constructor(server: https.Server, url: string) {
    this.#server = server;
    this.url = url;
    server.on("request", (request: IncomingMessage, response: ServerResponse) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => this.#answer(request, Buffer.concat(chunks).toString(), response));
    });
  }

  static async start(authority: Authority): Promise<StandInServer> {
    const { certificate, key } = authority.server();
    const [cert, secret, ca] = [certificate, key, authority.certificate].map((file) => readFileSync(file));
    const server = https.createServer({ cert, key: secret, ca, requestCert: true, rejectUnauthorized: false });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return new StandInServer(server, `https://127.0.0.1:${(server.address() as AddressInfo).port}`);
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  #answer(request: IncomingMessage, body: string, response: ServerResponse): void {
    const target = request.url ?? "";
    const send = (status: number, content: object): void => {
      response.writeHead(status, { "content-type": "application/json" });
      response.end(JSON.stringify(content));
    };
    const other = this.others(target, body, request.headers.authorization);
    if (other !== null) return send(200, other);
    const { socket } = request;
    const own = socket instanceof TLSSocket && socket.authorized ? socket.getPeerCertificate().subject.CN : undefined;
    const asked = { target, authorization: request.headers.authorization, certificate: Array.isArray(own) ? own[0] : own };
    this.asked.push(asked);
    if (!this.accepts(asked)) return send(401, { kind: "Status", status: "Failure", message: "Unauthorized", code: 401 });
    const answer = ANSWERS[target.split("?")[0] ?? ""];
    return answer === undefined ? send(404, { kind: "Status", message: "not found", code: 404 }) : send(200, answer);
  }
}

/** A proxy that joins connections (`CONNECT`), and counts them. */
export class ConnectProxy {
  readonly url: string;
  /** Where connections went, and the credentials that were given. */
  readonly joined: { readonly to: string; readonly authorization: string | undefined }[] = [];
  readonly #server: http.Server;
  readonly #sockets = new Set<Socket>();

  private constructor(server: http.Server) {
    this.#server = server;
    this.url = `http://user:secret@127.0.0.1:${(server.address() as AddressInfo).port}`;
    server.on("connect", (request: IncomingMessage, socket: Socket) => {
      this.joined.push({ to: request.url ?? "", authorization: request.headers["proxy-authorization"] });
      const { hostname, port } = new URL(`http://${request.url}`);
      const onward = connect(Number(port), hostname, () => {
        socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
        onward.pipe(socket).pipe(onward);
      });
      for (const one of [socket, onward]) {
        this.#sockets.add(one);
        one.on("error", () => one.destroy());
      }
    });
  }

  static async start(): Promise<ConnectProxy> {
    const server = http.createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return new ConnectProxy(server);
  }

  stop(): void {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
  }
}
