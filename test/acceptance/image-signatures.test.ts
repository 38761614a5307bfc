// C-0236 and C-0237 against a registry on loopback: asked only with --allow-network, and what it doesn't say is neither a pass nor a finding.
import { generateKeyPairSync } from "node:crypto";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Verdict } from "@holdfast/core";
import { bundleOf, TestRegistry } from "../../packages/posture/image-signatures/tester.ts";
import { runHoldfast } from "./run-holdfast.ts";
import { namesOf, scanResult, type Scan } from "./scan-result.ts";
import { scratchFolder } from "./scratch-folder.ts";

const ours = generateKeyPairSync("ec", { namedCurve: "P-256" });
const theirs = generateKeyPairSync("ed25519");
const LOGIN = "jo:secret";

let registry: TestRegistry;
const server = http.createServer((request, response) => {
  const headers = Object.fromEntries(Object.entries(request.headersDistinct).map(([name, values]) => [name, values?.join(", ") ?? ""]));
  const { status, headers: replied, body } = registry.answer(request.method ?? "", request.url ?? "", headers);
  response.writeHead(status, replied).end(body);
});

beforeAll(async () => new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve)));
afterAll(() => void server.close());

/** A folder with a pod for each image: signed by us, by others (as a bundle), by nobody, and one that the registry lacks. */
let cwd: string;

beforeEach(() => {
  registry = new TestRegistry(`127.0.0.1:${(server.address() as AddressInfo).port}`);
  registry.signTagged("shop/ours", registry.push("shop/ours", "1"), ours.privateKey);
  const digest = registry.push("shop/theirs", "1");
  registry.referBundle("shop/theirs", digest, bundleOf(digest, theirs.privateKey));
  registry.push("shop/unsigned", "1");
  const pods = ["ours", "theirs", "unsigned", "lost"].map(
    (name) => `apiVersion: v1
kind: Pod
metadata: {name: ${name}, namespace: shop}
spec: {containers: [{name: app, image: "${registry.host}/shop/${name}:1"}]}
`,
  );
  const key = ours.publicKey.export({ type: "spki", format: "pem" }).toString();
  cwd = scratchFolder({
    "pods.yaml": pods.join("---\n"),
    "keys.json": JSON.stringify({ trustedCosignPublicKeys: [key] }),
    "docker/config.json": JSON.stringify({ auths: { [registry.host]: { auth: Buffer.from(LOGIN).toString("base64") } } }),
    "broken/config.json": "{",
  });
});

const scan = async (...options: readonly string[]): Promise<Scan> =>
  scanResult(["pods.yaml", "--control", "C-0236,C-0237", ...options], { cwd, env: { DOCKER_CONFIG: `${cwd}/none` } });

const skips = ({ result }: Scan, control: string): readonly Verdict["skip"][] =>
  result.verdicts.filter((one) => one.control === control).map(({ skip }) => skip);

test("without --allow-network nobody is asked, and the verdict says what it needs", async () => {
  const done = await scan("--controls-config", "keys.json");
  for (const control of ["C-0236", "C-0237"])
    expect(skips(done, control)).toEqual([
      expect.objectContaining({
        reason: "needs-input",
        input: "image-signatures",
        providedBy: expect.stringContaining("--allow-network") as string,
      }),
    ]);
  expect(done.code).toBe(3);
  expect(registry.requests).toEqual([]);
});

test("whether there is a signature, and whether a trusted key made it", async () => {
  const { result } = await scan("--allow-network", "--controls-config", "keys.json");
  expect(namesOf(result, "C-0237", "passed")).toEqual(["ours", "theirs"]);
  expect(namesOf(result, "C-0237", "failed")).toEqual(["unsigned"]);
  expect(namesOf(result, "C-0236", "passed")).toEqual(["ours"]);
  expect(namesOf(result, "C-0236", "failed")).toEqual(["theirs", "unsigned"]);
  for (const { paths } of result.findings) expect(paths.map(({ path }) => path)).toEqual(["spec.containers[0].image"]);
});

test("an image that the registry does not answer for is an error: no pass, no finding, less coverage", async () => {
  const { result } = await scan("--allow-network", "--controls-config", "keys.json");
  for (const control of ["C-0236", "C-0237"]) expect(namesOf(result, control, "errored")).toEqual(["lost"]);
  expect(result.problems).toEqual([
    expect.objectContaining({
      code: "signatures-unknown",
      subject: `${registry.host}/shop/lost:1`,
      cause: `${registry.host} has no such image`,
    }),
  ]);
  expect(result.summary.coverage).toBe(75);
});

test("without a trusted key C-0236 says that it needs one; C-0237 does not", async () => {
  const done = await scan("--allow-network");
  expect(skips(done, "C-0236")).toEqual([
    expect.objectContaining({ reason: "needs-input", input: "parameters", detail: "it reads trustedCosignPublicKeys" }),
  ]);
  expect(namesOf(done.result, "C-0237", "passed")).toEqual(["ours", "theirs"]);
});

test("the login of the Docker configuration is used, from its file and from the environment", async () => {
  registry.login = { scheme: "token", user: LOGIN };
  const text = JSON.stringify({ auths: { [registry.host]: { auth: Buffer.from(LOGIN).toString("base64") } } });
  for (const env of [{ DOCKER_CONFIG: `${cwd}/docker` }, { DOCKER_AUTH_CONFIG: text, DOCKER_CONFIG: `${cwd}/none` }]) {
    const { result } = await scanResult(["pods.yaml", "--control", "C-0237", "--allow-network"], { cwd, env });
    expect(namesOf(result, "C-0237", "passed")).toEqual(["ours", "theirs"]);
  }
  const { result } = await scan("--allow-network");
  expect(namesOf(result, "C-0237", "errored")).toEqual(["lost", "ours", "theirs", "unsigned"]);
  expect(result.problems[0]?.cause).toContain("there is no login for it in the Docker configuration");
});

test("a registry that is not there is an error too", async () => {
  const closed = scratchFolder({
    "pod.yaml": "{apiVersion: v1, kind: Pod, metadata: {name: far}, spec: {containers: [{name: app, image: '127.0.0.1:1/shop/far:1'}]}}",
  });
  const { result } = await scanResult(["pod.yaml", "--control", "C-0237", "--allow-network"], {
    cwd: closed,
    env: { DOCKER_CONFIG: closed },
  });
  expect(namesOf(result, "C-0237", "errored")).toEqual(["far"]);
  expect(result.problems[0]?.cause).toMatch(/^127\.0\.0\.1:1 can't be asked: /u);
});

test("a Docker configuration that can't be read is named, and nothing is scanned", async () => {
  const broken = ["scan", "pods.yaml", "--control", "C-0237"];
  expect(await runHoldfast([...broken, "--allow-network"], { cwd, env: { DOCKER_CONFIG: `${cwd}/broken` } })).toMatchObject({
    code: 2,
    stderr: expect.stringContaining(`${cwd}/broken/config.json is no Docker configuration`) as string,
  });
  // It is read only where it is needed.
  expect(await runHoldfast(broken, { cwd, env: { DOCKER_CONFIG: `${cwd}/broken` } })).toMatchObject({ code: 3 });
});
