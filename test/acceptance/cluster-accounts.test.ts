// The ways in which a kubeconfig lets an account authenticate, against a server behind TLS that says how it was asked. test/acceptance/cluster.test.ts has those that a real API server judges.
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { chooseContext } from "../../apps/cli/cluster/choose-context.ts";
import { ApiServer } from "../../apps/cli/cluster/api-server.ts";
import { Authority } from "../cluster/certificates.ts";
import { ConnectProxy, StandInServer } from "../cluster/stand-in-server.ts";
import { runHoldfast, type Run } from "./run-holdfast.ts";
import { failedNames, scanResult } from "./scan-result.ts";
import { scratchFolder } from "./scratch-folder.ts";

let folder: string;
let authority: Authority;
let server: StandInServer;

beforeAll(async () => {
  folder = scratchFolder();
  authority = new Authority(folder);
  server = await StandInServer.start(authority);
});

afterAll(() => server.stop());

beforeEach(() => {
  server.asked.length = 0;
  server.accepts = () => true;
  server.others = () => null;
});

const SCAN = ["--cluster", "--control", "C-0057"];

/** The environment of somebody whose current context is this account. */
function accountOf(user: object, more: object = {}): { readonly env: Readonly<Record<string, string>> } {
  const config = {
    apiVersion: "v1",
    kind: "Config",
    "current-context": "way",
    clusters: [{ name: "c", cluster: { server: server.url, "certificate-authority": authority.certificate, ...more } }],
    contexts: [{ name: "way", context: { cluster: "c", user: "u" } }],
    users: [{ name: "u", user }],
  };
  const file = path.join(folder, "config");
  writeFileSync(file, JSON.stringify(config));
  return { env: { KUBECONFIG: file } };
}

/** Scans as an account, which finds the one pod, and gives how the server was asked. */
async function askedAs(user: object, more: object = {}): Promise<ReadonlySet<string | undefined>> {
  server.asked.length = 0;
  const { result } = await scanResult(SCAN, accountOf(user, more));
  expect(result.problems).toEqual([]);
  expect(failedNames(result, "C-0057")).toEqual(["web"]);
  return new Set(server.asked.map(({ authorization }) => authorization));
}

async function refusedAs(user: object): Promise<Run> {
  return runHoldfast(["scan", ...SCAN], accountOf(user));
}

const idToken = (seconds: number, name: string): string => {
  const now = Math.floor(Date.now() / 1000);
  const claims = { iss: server.url, aud: "holdfast", sub: "jo", name, iat: now - 60, exp: now + seconds };
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${part({ alg: "RS256", typ: "JWT" })}.${part(claims)}.c2lnbmF0dXJl`;
};

test("a name and a password; a token file with a line's end counts more than the token beside it; a client certificate", async () => {
  expect(await askedAs({ username: "jo", password: "a:b" })).toEqual(new Set([`Basic ${Buffer.from("jo:a:b").toString("base64")}`]));
  writeFileSync(path.join(folder, "token"), "from-file\n");
  expect(await askedAs({ tokenFile: "token", token: "other" })).toEqual(new Set(["Bearer from-file"]));
  const { certificate, key } = authority.user("jo");
  expect(await askedAs({ "client-certificate": certificate, "client-key": key })).toEqual(new Set([undefined]));
  expect(new Set(server.asked.map((one) => one.certificate))).toEqual(new Set(["jo"]));
  const none = await refusedAs({ tokenFile: "none" });
  expect(none).toMatchObject({
    code: 2,
    stdout: "",
    stderr: expect.stringMatching(/authentication failed: the token file .*none can't be read \(ENOENT\)/u) as string,
  });
});

test("OpenID Connect: the id-token while it lasts, then another one, asked for once", async () => {
  const lasting = idToken(3600, "first");
  const config = { "client-id": "holdfast", "idp-issuer-url": server.url, "idp-certificate-authority": "ca.crt" };
  const user = (more: object): object => ({ "auth-provider": { name: "oidc", config: { ...config, ...more } } });
  expect(await askedAs(user({ "id-token": lasting }))).toEqual(new Set([`Bearer ${lasting}`]));

  const renewed = idToken(3600, "second");
  const grants: [string | null, string | undefined][] = [];
  server.others = (target, body, authorization) => {
    if (target === "/.well-known/openid-configuration") return { issuer: server.url, token_endpoint: `${server.url}/token` };
    if (target !== "/token") return null;
    grants.push([new URLSearchParams(body).get("refresh_token"), authorization]);
    return { access_token: "a", token_type: "Bearer", expires_in: 3600, id_token: renewed, refresh_token: "next" };
  };
  expect(await askedAs(user({ "id-token": idToken(-60, "old"), "refresh-token": "once", "client-secret": "s:1" }))).toEqual(
    new Set([`Bearer ${renewed}`]),
  );
  expect(grants).toEqual([["once", `Basic ${Buffer.from("holdfast:s%3A1").toString("base64")}`]]);

  const over = await refusedAs(user({ "id-token": idToken(-60, "old") }));
  expect(over).toMatchObject({ code: 2, stdout: "" });
  expect(over.stderr).toContain(
    "the id-token of the kubeconfig has come to its end, and to get another its user lacks refresh-token: log in again",
  );
  server.others = (target) => (target === "/.well-known/openid-configuration" ? {} : null);
  const silent = await refusedAs(user({ "id-token": idToken(-60, "old"), "refresh-token": "once" }));
  expect(silent).toMatchObject({
    code: 2,
    stdout: "",
    stderr: expect.stringContaining(`the issuer ${server.url} gave no other id-token: an address is missing; log in again`) as string,
  });
  expect(over.stderr + silent.stderr).not.toContain("    at ");
});

test("a plug-in's credential that the server stops accepting is asked for anew, once", async () => {
  const counter = path.join(folder, "asked");
  const script = `#!/bin/sh
echo x >> "${counter}"
printf '{"kind":"ExecCredential","status":{"token":"token-%s","expirationTimestamp":"2999-01-01T00:00:00Z"}}' "$(wc -l < "${counter}" | tr -d ' ')"
`;
  const plugin = path.join(folder, "plugin.sh");
  writeFileSync(plugin, script, { mode: 0o755 });
  const user = { exec: { apiVersion: "client.authentication.k8s.io/v1", command: plugin, interactiveMode: "Never" } };
  // The first token ends after two requests, which the credential did not say.
  let left = 2;
  server.accepts = ({ authorization }) => authorization !== "Bearer token-1" || left-- > 0;
  expect(await askedAs(user)).toEqual(new Set(["Bearer token-1", "Bearer token-2"]));
  server.accepts = () => false;
  const refused = await refusedAs(user);
  expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining("does not accept the account's credentials (401)") as string });
});

test("through the proxy of a kubeconfig, with its credentials", async () => {
  const proxy = await ConnectProxy.start();
  try {
    expect(await askedAs({ token: "t" }, { "proxy-url": proxy.url })).toEqual(new Set(["Bearer t"]));
    expect(proxy.joined.length).toBeGreaterThan(0);
    const basic = `Basic ${Buffer.from("user:secret").toString("base64")}`;
    expect(new Set(proxy.joined.map(({ to, authorization }) => `${to} ${authorization}`))).toEqual(
      new Set([`${new URL(server.url).host} ${basic}`]),
    );
  } finally {
    proxy.stop();
  }
  const lost = await runHoldfast(["scan", ...SCAN], accountOf({ token: "t" }, { "proxy-url": "http://127.0.0.1:1" }));
  expect(lost).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining("can't be scanned") as string });
});

test("in a pod: the API server, token, authority and namespace that the kubelet gives", async () => {
  const { hostname, port } = new URL(server.url);
  const variables = { KUBERNETES_SERVICE_HOST: hostname, KUBERNETES_SERVICE_PORT: port };
  const pod = scratchFolder({ token: "of-the-pod\n", namespace: "scanning\n" });
  const none = { kubeconfigs: [path.join(pod, "none")], variables };
  const choice = { kubeconfig: undefined, context: undefined };
  const ask = async (): Promise<number> => {
    const context = chooseContext(choice, none, pod);
    expect(context).toMatchObject({ name: "in-cluster", namespace: "scanning", server: server.url });
    const asking = new ApiServer(context, 5000);
    try {
      return (await asking.request("GET", "/version")).status;
    } finally {
      asking.close();
    }
  };
  await expect(ask()).rejects.toThrow(/certificate/u);
  writeFileSync(path.join(pod, "ca.crt"), readFileSync(authority.certificate));
  expect(await ask()).toBe(200);
  expect(server.asked.map(({ authorization }) => authorization)).toEqual(["Bearer of-the-pod"]);
  // The kubelet puts a newer token there now and then.
  writeFileSync(path.join(pod, "token"), "newer");
  expect(await ask()).toBe(200);
  expect(server.asked.at(-1)?.authorization).toBe("Bearer newer");
  expect(() => chooseContext(choice, { ...none, variables: {} }, pod)).toThrow(/no cluster to scan/u);
});
