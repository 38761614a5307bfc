// `http.send` and `net.lookup_ip_addr` against real servers on this machine; what OPA answers to the same requests is asked where OPA is installed.
import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { compile } from "../6-link/compile.ts";
import { currentCapabilities } from "../builtins/capabilities.ts";
import type { EvaluateOptions, RuleResult } from "../6-link/program.ts";
import type { RegoValue } from "../runtime/value.ts";
import { toJson } from "../runtime/json.ts";
import { openNetwork, type NetworkOptions, type OpenNetwork } from "./open-network.ts";
import { startServers, type TestServers } from "./tester.ts";

const { program } = compile({
  modules: [
    {
      file: "net.rego",
      source: `package net
import rego.v1
response := http.send(input)
bodies := [http.send(request).raw_body | some request in input]
addresses := net.lookup_ip_addr(input)
`,
    },
  ],
});

let servers: TestServers;
let folder: string;
const opened: OpenNetwork[] = [];

beforeAll(async () => {
  servers = await startServers();
  folder = mkdtempSync(path.join(tmpdir(), "holdfast-network-"));
  writeFileSync(path.join(folder, "ca.pem"), servers.server.certificate);
  writeFileSync(path.join(folder, "client.pem"), servers.client.certificate);
  writeFileSync(path.join(folder, "client-key.pem"), servers.client.key);
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await servers.stop();
});
beforeEach(async () => void (await servers.seen()));
afterEach(() => {
  for (const network of opened.splice(0)) network.close();
});

function open(options: Partial<NetworkOptions> = {}): OpenNetwork {
  const network = openNetwork({ allow: ["127.0.0.1"], ...options });
  opened.push(network);
  return network;
}

function evaluate(rule: string, input: unknown, network: OpenNetwork | null = open()): RuleResult {
  const options: EvaluateOptions = { inputValue: input as RegoValue, strictBuiltinErrors: true, ...(network === null ? {} : { network }) };
  return program!.rule(["net", rule])!(options);
}

/** The response to a GET of a path, with further parameters. */
function get(where: string, more: Readonly<Record<string, unknown>> = {}, network: OpenNetwork = open()): Record<string, unknown> {
  const { value, problem } = evaluate("response", { method: "get", url: where, ...more }, network);
  expect(problem).toBeNull();
  return value as Record<string, unknown>;
}

function problemOf(where: string, more: Readonly<Record<string, unknown>> = {}, network: OpenNetwork | null = open()): string {
  const { problem } = evaluate("response", { method: "get", url: where, ...more }, network);
  return `${problem?.code}: ${problem?.message}`;
}

describe("permission", () => {
  test("without a network a call fails, and says how to allow it", async () => {
    expect(problemOf(`${servers.http}/text`, {}, null)).toMatch(/^eval_builtin_error: .*EvaluateOptions\.network/u);
    const { value } = evaluate("response", { method: "get", url: `${servers.http}/text`, raise_error: false }, null);
    expect(value).toMatchObject({ status_code: 0, error: { code: "eval_http_send_internal_error" } });
    expect(await servers.seen()).toEqual([]);
  });

  test("hosts that aren't allowed are not reached, by redirects neither", async () => {
    expect(problemOf(`${servers.http}/text`, {}, open({ allow: [] }))).toContain("disallowed host: 127.0.0.1");
    expect(problemOf(`${servers.http}/text`, {}, open({ allow: ["127.0.0.1:1", "localhost"] }))).toContain("disallowed host");
    expect(await servers.seen()).toEqual([]);
    expect(problemOf(`${servers.http}/away`, { enable_redirect: true })).toContain("disallowed host: localhost");
    expect(await servers.seen()).toEqual(["GET /away"]);
    const withPort = open({ allow: [servers.http.slice("http://".length)] });
    expect(get(`${servers.http}/text`, {}, withPort)["status"]).toBe("200 OK");
  });

  test("capabilities name the only hosts that a program may ask, by redirects and from kept replies neither", async () => {
    const source = "package net\n\nresponse := http.send(input)\n\naddresses := net.lookup_ip_addr(input)\n";
    const network = open({ allow: "any" });
    const asked = (rule: string, input: unknown, hosts: readonly string[] | undefined): RuleResult => {
      const capabilities = { ...currentCapabilities(), ...(hosts === undefined ? {} : { allow_net: hosts }) };
      const limited = compile({ modules: [{ file: "net.rego", source, version: "v1" }], capabilities }).program;
      return limited!.rule(["net", rule])!({ inputValue: input as RegoValue, strictBuiltinErrors: true, network });
    };
    const request = { method: "get", url: `${servers.http}/text`, force_cache: true, force_cache_duration_seconds: 60 };
    expect(asked("response", request, undefined).problem).toBeNull();
    expect(asked("response", request, ["127.0.0.1"]).problem).toBeNull();
    expect(asked("response", request, ["localhost"]).problem?.message).toContain("disallowed host: 127.0.0.1");
    expect(asked("response", request, []).problem?.message).toContain("disallowed host: 127.0.0.1");
    expect(await servers.seen()).toEqual(["GET /text"]);
    const away = { method: "get", url: `${servers.http}/away`, enable_redirect: true };
    expect(asked("response", away, ["127.0.0.1"]).problem?.message).toContain("disallowed host: localhost");
    expect(asked("addresses", "localhost", ["localhost"]).problem).toBeNull();
    expect(asked("addresses", "localhost", ["example.com"]).problem?.message).toContain("disallowed host: localhost");
  });

  test("whoever evaluates can allow fewer hosts than the capabilities, never more", () => {
    const source = "package net\n\naddresses := net.lookup_ip_addr(input)\n";
    const capabilities = { ...currentCapabilities(), allow_net: ["localhost", "127.0.0.1"] };
    const { program: limited } = compile({ modules: [{ file: "net.rego", source, version: "v1" }], capabilities });
    const problem = (input: string, onlyHosts: readonly string[]): unknown =>
      limited!.rule(["net", "addresses"])!({ input, strictBuiltinErrors: true, network: open({ allow: "any" }), onlyHosts }).problem
        ?.message;
    expect(problem("localhost", ["localhost"])).toBeUndefined();
    expect(problem("127.0.0.1", ["localhost"])).toContain("disallowed host");
    expect(problem("127.0.0.2", ["127.0.0.2"])).toContain("disallowed host");
  });

  test("a file or a variable is read only where that is allowed", () => {
    const request = { tls_ca_cert_file: path.join(folder, "ca.pem") };
    expect(problemOf(`${servers.https}/text`, request)).toContain("may not name files");
    expect(problemOf(`${servers.https}/text`, { tls_ca_cert_env_variable: "CA" }, open({ environment: {} }))).toContain(
      '"CA" is not among',
    );
    const environment = { CA: servers.server.certificate };
    expect(get(`${servers.https}/text`, { tls_ca_cert_env_variable: "CA" }, open({ environment }))["status_code"]).toBe(200);
    const readFile = (name: string): string => (name === request.tls_ca_cert_file ? servers.server.certificate : "");
    expect(get(`${servers.https}/text`, request, open({ readFile }))["status_code"]).toBe(200);
  });
});

describe("limits", () => {
  test("time: the request's own and the network's, whichever is shorter", () => {
    for (const [more, network] of [
      [{ timeout: "200ms" }, open()],
      [{ timeout: 200_000_000 }, open()],
      [{ timeout: 0 }, open({ timeoutMs: 200 })],
      [{ timeout: "10m" }, open({ timeoutMs: 200 })],
    ] as const) {
      for (const where of ["slow", "trickle"]) {
        const start = performance.now();
        expect(problemOf(`${servers.http}/${where}`, more, network)).toContain("timed out after 200 ms");
        expect(performance.now() - start).toBeLessThan(1900);
      }
    }
  });

  test("size, counted when it is unpacked", () => {
    expect(problemOf(`${servers.http}/bomb`, {}, open({ responseBytes: 100_000 }))).toContain("more than the 100000 bytes");
    expect(get(`${servers.http}/text`, {}, open({ responseBytes: 7 }))["raw_body"]).toBe('{"t":1}');
    expect(problemOf(`${servers.http}/text`, {}, open({ responseBytes: 6 }))).toContain("more than the 6 bytes");
  });

  test("number", async () => {
    const network = open({ requests: 2 });
    get(`${servers.http}/text?1`, {}, network);
    get(`${servers.http}/text?2`, {}, network);
    expect(problemOf(`${servers.http}/text?3`, {}, network)).toContain("more than the 2 requests");
    expect(await servers.seen()).toHaveLength(2);
  });

  test("redirects without end", () => {
    expect(problemOf(`${servers.http}/loop`, { enable_redirect: true })).toContain("stopped after 10 redirects");
    expect(problemOf(`${servers.http}/elsewhere`, { enable_redirect: true })).toContain('unsupported protocol scheme "file"');
  });
});

describe("requests", () => {
  test("method, body and headers arrive", () => {
    const body = { b: [1, 12345678901234567890n], a: "<é>" };
    const { body: echo } = get(`${servers.http}/echo?q=1#f`, { method: "post", body, headers: { "X-A": "b", "user-agent": "me" } });
    expect(echo).toMatchObject({
      method: "POST",
      url: "/echo?q=1",
      headers: { "x-a": "b", "user-agent": "me", "accept-encoding": "gzip" },
      body: '{"a":"\\u003cé\\u003e","b":[1,12345678901234567890]}',
    });
    expect(get(`${servers.http}/echo`, { method: "put", raw_body: "hey", body: 1 })["body"]).toMatchObject({ method: "PUT", body: "hey" });
  });

  test("redirects are followed only when that is asked for, and keep what they should", () => {
    expect(get(`${servers.http}/redirect`)).toMatchObject({ status: "302 Found", headers: { location: ["/echo"] } });
    const more = { enable_redirect: true, method: "post", raw_body: "hey", headers: { Authorization: "me" } };
    expect(get(`${servers.http}/redirect`, more)["body"]).toMatchObject({ method: "GET", body: "", headers: { authorization: "me" } });
    expect(get(`${servers.http}/keep-method`, more)["body"]).toMatchObject({ method: "POST", body: "hey" });
    const away = get(`${servers.http}/away`, more, open({ allow: ["127.0.0.1", "localhost"] }))["body"] as { headers: object };
    expect(Object.keys(away.headers)).not.toContain("authorization");
  });

  test("attempts", async () => {
    expect(get(`${servers.http}/second-time`, { max_retry_attempts: 1 })["raw_body"]).toBe("at last");
    expect(await servers.seen()).toHaveLength(2);
    expect(problemOf("http://127.0.0.1:1/", { max_retry_attempts: 2 })).toContain("ECONNREFUSED");
  });

  test("a server that breaks off", () => {
    expect(get(`${servers.http}/drop`, { raise_error: false })).toMatchObject({
      status_code: 0,
      error: { code: "eval_http_send_network_error", message: expect.stringContaining(`Get "${servers.http}/drop": `) },
    });
  });
});

describe("TLS", () => {
  test("a server must be known", () => {
    expect(problemOf(`${servers.https}/text`)).toContain("self-signed certificate");
    const ca = { tls_ca_cert: servers.server.certificate };
    expect(get(`${servers.https}/text`, ca)["status_code"]).toBe(200);
    expect(get(`${servers.https}/text`, { tls_insecure_skip_verify: true })["status_code"]).toBe(200);
    expect(problemOf(`${servers.https}/text`, { tls_ca_cert: servers.client.certificate })).toContain("self-signed certificate");
    expect(problemOf(`${servers.https}/text`, { ...ca, tls_server_name: "other.example" })).toMatch(/other\.example/u);
    expect(get(`${servers.https}/text`, { ...ca, tls_server_name: "localhost", tls_use_system_certs: false })["status_code"]).toBe(200);
  });

  test("a client can be known", () => {
    const ca = { tls_ca_cert: servers.server.certificate };
    const { certificate, key } = servers.client;
    expect(problemOf(`${servers.mutual}/text`, ca)).toMatch(/certificate required|ECONNRESET|alert/iu);
    expect(get(`${servers.mutual}/text`, { ...ca, tls_client_cert: certificate, tls_client_key: key })["status_code"]).toBe(200);
    expect(problemOf(`${servers.mutual}/text`, { ...ca, tls_client_cert: "junk", tls_client_key: key })).toContain("no PEM");
  });
});

describe("the same request", () => {
  test("is sent once in an evaluation", async () => {
    const request = { method: "get", url: `${servers.http}/text` };
    const withHeader = (value: string): object => ({ ...request, headers: { a: value }, cache_ignored_headers: ["A"] });
    const input = [request, request, withHeader("1"), withHeader("2"), { ...request, headers: { a: "3" } }];
    expect(evaluate("bodies", input).value).toHaveLength(5);
    expect(await servers.seen()).toHaveLength(3);
  });

  test.each([
    ["without a wish to keep it", "fresh", {}, 2],
    ["which the server lets be kept", "fresh", { cache: true }, 1],
    ["which the server forbids to keep", "secret", { cache: true }, 2],
    ["of which the server says nothing", "text", { cache: true }, 2],
    ["which is kept anyhow", "text", { force_cache: true, force_cache_duration_seconds: 60 }, 1],
    ["which is kept for no time", "text", { force_cache: true, force_cache_duration_seconds: 0 }, 2],
    ["that failed", "error", { force_cache: true, force_cache_duration_seconds: 60 }, 2],
    ["that can be asked about", "tagged", { cache: true }, 2],
  ])("in two evaluations, %s", async (_, where, more, times) => {
    const network = open();
    const [first, second] = [1, 2].map(() => get(`${servers.http}/${where}`, more, network));
    expect(second).toMatchObject({ raw_body: first?.["raw_body"], status_code: first?.["status_code"] });
    expect(await servers.seen()).toHaveLength(times);
  });
});

describe("look-ups", () => {
  test("a name of this machine", () => {
    expect(toJson(evaluate("addresses", "localhost", open({ allow: ["localhost:80"] })).value!)).toContain("127.0.0.1");
    expect(toJson(evaluate("addresses", "127.0.0.1").value!)).toEqual(["127.0.0.1"]);
  });

  test("what isn't allowed, and what isn't there", () => {
    expect(evaluate("addresses", "localhost").problem).toMatchObject({
      code: "eval_builtin_error",
      message: expect.stringContaining("disallowed host: localhost"),
    });
    expect(evaluate("addresses", "nothing.invalid", open({ allow: "any" })).problem?.code).toBe("eval_builtin_error");
    expect(evaluate("addresses", "", open({ allow: "any" })).problem?.code).toBe("eval_builtin_error");
  });
});

const opa = path.join(process.env["HOLDFAST_PEERS"] ?? path.join(homedir(), ".cache/holdfast/peers"), "bin/opa");

describe.skipIf(!existsSync(opa))("OPA answers the same", () => {
  const paths = "json charset problem broken yaml other-yaml text bytes nothing odd error redirect gzip tagged".split(" ");
  const requests: readonly (readonly [string, Readonly<Record<string, unknown>>])[] = [
    ...paths.map((where) => [where, {}] as const),
    ["text", { force_json_decode: true }],
    ["other-yaml", { force_yaml_decode: true }],
    ["other-yaml", { force_yaml_decode: true, force_json_decode: true }],
    ["redirect", { enable_redirect: true, method: "post", raw_body: "hey" }],
    ["keep-method", { enable_redirect: true, method: "post", raw_body: "hey" }],
    ["echo", { method: "post", body: { a: [1, "<&>"] }, headers: { "X-B": "c", Host: "other.example" } }],
    ["echo", { method: "head" }],
    ["echo", { method: "delete", raw_body: "x" }],
    ["echo", { method: "" }],
    ["text", { nope: 1 }],
    ["text", { method: 1 }],
    ["text", { method: "g t" }],
    ["text", { url: "ftp://127.0.0.1/" }],
    ["text", { url: "nothing" }],
    ["text", { url: "http://[::1" }],
    ["text", { url: 1 }],
    ["text", { timeout: "soon" }],
    ["text", { timeout: true }],
    ["text", { timeout: "-1s" }],
    ["slow", { timeout: "200ms" }],
    ["drop", {}],
    ["text", { headers: { a: 1 } }],
    ["text", { headers: { a: "b\nc" } }],
    ["text", { headers: 1 }],
    ["text", { raw_body: 1 }],
    ["text", { cache: 1 }],
    ["text", { force_cache: true }],
    ["text", { force_cache: true, force_cache_duration_seconds: "a" }],
    ["text", { enable_redirect: "no" }],
    ["text", { force_json_decode: 1 }],
    ["text", { max_retry_attempts: 1.5 }],
    ["text", { tls_client_cert: 1 }],
    ["text", { tls_ca_cert: "junk" }],
    ["text", { tls_server_name: 1 }],
    ["text", { tls_insecure_skip_verify: 1 }],
    ["text", { cache_ignored_headers: [1], caching_mode: "x" }],
  ];

  /** With the request, so that a difference says where it is. */
  function named(response: unknown, i: number): unknown {
    return [requests[i], response];
  }

  /** A response without what differs by time, client and wording. */
  function compared(response: unknown): unknown {
    const { headers, body, raw_body: raw, error, ...rest } = response as Record<string, unknown>;
    if (error !== undefined) return { ...rest, error: (error as Record<string, unknown>)["code"] };
    const { date: _, connection: _1, "keep-alive": _2, "content-length": length, ...kept } = headers as Record<string, unknown>;
    const echo = body !== null && typeof body === "object" && "method" in body ? (body as Record<string, unknown>) : null;
    if (echo === null) return { ...rest, body, raw, headers: { ...kept, length } };
    const { "user-agent": _3, "content-length": _4, ...sent } = echo["headers"] as Record<string, unknown>;
    return { ...rest, headers: kept, body: { ...echo, headers: sent } };
  }

  test("to all requests, in one evaluation each", async () => {
    const input = requests.map(([where, more]) => ({ method: "get", url: `${servers.http}/${where}`, raise_error: false, ...more }));
    writeFileSync(path.join(folder, "requests.json"), JSON.stringify(input));
    const query = "[http.send(request) | some request in input]";
    const { stdout } = await promisify(execFile)(opa, ["eval", "-f", "raw", "-i", path.join(folder, "requests.json"), query]);
    const wanted = (JSON.parse(stdout) as unknown[]).map(compared);
    const network = open();
    const got = input.map((request) => compared(toJson(evaluate("response", request, network).value!)));
    expect(wanted).toHaveLength(requests.length);
    expect(JSON.parse(JSON.stringify(got.map(named), big))).toEqual(JSON.parse(JSON.stringify(wanted.map(named))));
  });

  test("to HTTPS, with certificates from files", async () => {
    const names = { tls_ca_cert_file: "ca.pem", tls_client_cert_file: "client.pem", tls_client_key_file: "client-key.pem" };
    const files = Object.fromEntries(Object.entries(names).map(([name, file]) => [name, path.join(folder, file)]));
    const contents: Readonly<Record<string, string>> = {
      [path.join(folder, "ca.pem")]: servers.server.certificate,
      [path.join(folder, "client.pem")]: servers.client.certificate,
      [path.join(folder, "client-key.pem")]: servers.client.key,
    };
    const request = { method: "get", url: `${servers.mutual}/text`, ...files };
    const { stdout } = await promisify(execFile)(opa, ["eval", "-f", "raw", `http.send(${JSON.stringify(request)})`]);
    const network = open({ readFile: (name) => contents[name] ?? "" });
    expect(compared(get(request.url, request, network))).toEqual(compared(JSON.parse(stdout)));
  });
});

/** JSON.parse of OPA's answer has lost what a double can't hold. */
function big(_: string, value: unknown): unknown {
  return typeof value === "bigint" ? Number(value) : value;
}
