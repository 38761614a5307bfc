// The servers of the tests, in a thread of their own: the thread that tests waits while a rule sends its request.
import http from "node:http";
import https from "node:https";
import type { AddressInfo } from "node:net";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { gzipSync } from "node:zlib";
import { makeCertificate, type TestCertificate } from "./test-certificate.ts";

export interface TestServers {
  /** Where they answer, such as `http://127.0.0.1:40001`. */
  readonly http: string;
  readonly https: string;
  /** An HTTPS server that wants to know its client, and trusts the one with `client`'s certificate. */
  readonly mutual: string;
  readonly server: TestCertificate;
  readonly client: TestCertificate;
  /** The requests since it was last asked, such as `GET /text`. */
  seen(): Promise<readonly string[]>;
  stop(): Promise<void>;
}

interface Certificates {
  readonly server: TestCertificate;
  readonly client: TestCertificate;
}

/** Starts the servers on free ports of this machine. */
export async function startServers(): Promise<TestServers> {
  const certificates: Certificates = {
    server: makeCertificate("localhost", ["localhost", "127.0.0.1"]),
    client: makeCertificate("ada", ["ada.example"]),
  };
  const worker = new Worker(new URL("tester.ts", import.meta.url), { workerData: certificates, execArgv: [] });
  const next = (): Promise<unknown> => new Promise((resolve) => void worker.once("message", resolve));
  const [plain, secure, mutual] = (await next()) as readonly number[];
  return {
    http: `http://127.0.0.1:${plain}`,
    https: `https://127.0.0.1:${secure}`,
    mutual: `https://127.0.0.1:${mutual}`,
    ...certificates,
    async seen() {
      const answer = next();
      worker.postMessage("seen", []);
      return (await answer) as readonly string[];
    },
    stop: async () => void (await worker.terminate()),
  };
}

const log: string[] = [];
let refusals = 0;

/** What each path answers. */
const answers: Readonly<Record<string, (request: http.IncomingMessage, response: http.ServerResponse, body: string) => void>> = {
  "/json": (_, response) => response.setHeader("content-type", "application/json").end('{"a":[1,2,12345678901234567890]}'),
  "/charset": (_, response) => response.setHeader("content-type", "application/json; charset=utf-8").end('{"a":1}'),
  "/problem": (_, response) => response.setHeader("content-type", "application/problem+json").end('{"a":1}'),
  "/broken": (_, response) => response.setHeader("content-type", "application/json").end('{"a":'),
  "/yaml": (_, response) => response.setHeader("content-type", "application/yaml").end("a: [1, x]\n"),
  "/other-yaml": (_, response) => response.setHeader("content-type", "text/yaml").end("a: 1\n"),
  "/text": (_, response) => response.setHeader("content-type", "text/plain").setHeader("x-two", ["a", "b"]).end('{"t":1}'),
  "/bytes": (_, response) => response.end(Buffer.of(0x61, 0xff, 0x62)),
  "/nothing": (_, response) => response.writeHead(204).end(),
  "/odd": (_, response) => response.writeHead(299, "Odd Words").end("x"),
  "/error": (_, response) => response.writeHead(500).end("bad"),
  "/redirect": (_, response) => response.writeHead(302, { location: "/echo" }).end("look there"),
  "/keep-method": (_, response) => response.writeHead(307, { location: "/echo" }).end(),
  "/loop": (_, response) => response.writeHead(302, { location: "/loop" }).end(),
  "/away": (request, response) => response.writeHead(302, { location: `http://localhost:${request.socket.localPort}/echo` }).end(),
  "/elsewhere": (_, response) => response.writeHead(302, { location: "file:///etc/hostname" }).end(),
  "/slow": (_, response) => void setTimeout(() => response.end("late"), 2000),
  "/trickle": (_, response) => {
    response.write("a");
    setTimeout(() => response.end("late"), 2000);
  },
  "/drop": (request) => request.socket.destroy(),
  "/second-time": (request, response) => {
    refusals++;
    if (refusals % 2 === 1) request.socket.destroy();
    else response.end("at last");
  },
  "/gzip": (_, response) =>
    response.setHeader("content-type", "application/json").setHeader("content-encoding", "gzip").end(gzipSync('{"packed":true}')),
  "/bomb": (_, response) => response.setHeader("content-encoding", "gzip").end(gzipSync(Buffer.alloc(4_000_000))),
  "/fresh": (_, response) => response.setHeader("cache-control", "max-age=60").end("fresh"),
  "/secret": (_, response) => response.setHeader("cache-control", "no-store, max-age=60").end("secret"),
  "/tagged": (request, response) => {
    response.setHeader("cache-control", "max-age=0").setHeader("etag", '"v1"');
    if (request.headers["if-none-match"] === '"v1"') response.writeHead(304).end();
    else response.end("tagged");
  },
  "/echo": (request, response, body) => {
    const { connection: _, ...headers } = request.headers;
    response.setHeader("content-type", "application/json").end(JSON.stringify({ method: request.method, url: request.url, headers, body }));
  },
};

function answer(request: http.IncomingMessage, response: http.ServerResponse): void {
  let body = "";
  request.setEncoding("utf8");
  request.on("data", (part: string) => (body += part));
  request.on("end", () => {
    log.push(`${request.method} ${request.url}`);
    const path = new URL(request.url ?? "", "http://any").pathname;
    const known = answers[path] ?? answers["/echo"];
    known?.(request, response, body);
  });
}

function listen(server: http.Server | https.Server): Promise<number> {
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port)));
}

async function serve({ server, client }: Certificates): Promise<void> {
  const own = { key: server.key, cert: server.certificate };
  const mutual = { ...own, requestCert: true, rejectUnauthorized: true, ca: client.certificate };
  const servers = [http.createServer(answer), https.createServer(own, answer), https.createServer(mutual, answer)];
  parentPort?.on("message", () => parentPort?.postMessage(log.splice(0), []));
  parentPort?.postMessage(await Promise.all(servers.map(listen)), []);
}

if (!isMainThread && (workerData as Partial<Certificates> | null)?.server !== undefined) await serve(workerData as Certificates);
