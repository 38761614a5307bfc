// A newer library is installed from a signed archive, beside the built-in one, and used while it is sound.
import { execFileSync } from "node:child_process";
import { createHash, generateKeyPairSync, sign, type KeyObject } from "node:crypto";
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { root, runHoldfast, type Run } from "./run-holdfast.ts";
import { controlOf, scanResult } from "./scan-result.ts";
import { scratchFolder } from "./scratch-folder.ts";

const POD = `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - {name: web, image: web, securityContext: {privileged: true}}
`;

const PAGE = `---
id: C-9001
name: Named by the publisher
score: 9
category: Workload
scope: [cluster, file]
tags: []
rules: [says-no]
attackTracks: []
mitre: []
parameters: []
---

It says no.

## Why it matters

It is new.

## How to fix

Take it away.

## Limits

It says no to every pod.

## Bad

\`\`\`yaml
apiVersion: v1
\`\`\`

## Good

\`\`\`yaml
apiVersion: v1
\`\`\`
`;

const RULE = `# METADATA
# title: No
# description: Every pod.
# scope: package
# custom:
#   kinds: [Pod]
package armo_builtins

import rego.v1

deny contains {"alertMessage": "no", "alertObject": {"k8sApiObjects": [obj]}, "noFix": "none is known"} if some obj in input
`;

const LIBRARY = { "library/controls/C-9001-named.md": PAGE, "library/rules/says-no/rule.rego": RULE, "library/parameters.yaml": "[]\n" };

const publisher = generateKeyPairSync("ed25519");
const stranger = generateKeyPairSync("ed25519");
const pem = (key: KeyObject): string => key.export({ type: "spki", format: "pem" }).toString();

/** An archive as `tar` makes it, and its signature. */
function archive(
  version: string,
  files: Readonly<Record<string, string>> = LIBRARY,
  by: KeyObject = publisher.privateKey,
): { readonly packed: Buffer; readonly signature: string } {
  const manifest = JSON.stringify({ version, time: "2026-01-01T00:00:00Z" });
  const folder = scratchFolder({ "manifest.json": manifest, ...files });
  const packed = execFileSync(
    "tar",
    ["-czf", "-", "manifest.json", ...new Set(Object.keys(files).map((file) => file.split("/")[0] ?? ""))],
    { cwd: folder },
  );
  return { packed, signature: sign(null, packed, by).toString("base64") };
}

/** A folder with an archive, the key and a manifest, and the environment in which a library is installed. */
function place({ packed, signature }: ReturnType<typeof archive>): {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
} {
  const files = { "new.tar.gz": packed, "new.tar.gz.sig": `${signature}\n`, "publisher.pem": pem(publisher.publicKey), "pod.yaml": POD };
  const cwd = scratchFolder(files);
  return { cwd, env: { XDG_DATA_HOME: path.join(cwd, "data"), SOURCE_DATE_EPOCH: "1768000000" } };
}

const update = async (where: ReturnType<typeof place>, ...more: readonly string[]): Promise<Run> =>
  runHoldfast(["library", "update", "--from", "new.tar.gz", ...more], where);

test("an archive that its publisher signed is installed, used by every command, and left aside when asked", async () => {
  const where = place(archive("1.2.0"));
  const before = await scanResult(["pod.yaml"], where);
  expect(before.result.controls.length).toBeGreaterThan(20);
  expect(await update(where, "--key", "publisher.pem")).toMatchObject({
    code: 0,
    stderr: "",
    stdout: expect.stringMatching(/^installed: version 1\.2\.0 \([0-9a-f]{16}\) with 1 controls\n$/u) as string,
  });
  const { result, code } = await scanResult(["pod.yaml"], where);
  expect({ code, problems: result.problems }).toEqual({ code: 0, problems: [] });
  expect(result.controls.map(({ id, status }) => [id, status])).toEqual([["C-9001", "failed"]]);
  expect((await runHoldfast(["explain", "C-9001"], where)).stdout).toContain("It says no to every pod.");
  expect((await runHoldfast(["list", "controls"], where)).stdout).toMatch(/^C-9001 /u);
  expect(JSON.parse((await runHoldfast(["download", "control", "C-9001", "-o", "-"], where)).stdout)).toMatchObject({
    controlID: "C-9001",
  });
  const builtIn = await scanResult(["pod.yaml", "--builtin-library"], where);
  expect(builtIn.result.controls.length).toBe(before.result.controls.length);

  const status = JSON.parse((await runHoldfast(["library", "status", "--format", "json"], where)).stdout) as unknown;
  expect(status).toMatchObject({
    used: "installed",
    installed: { version: "1.2.0", time: "2026-01-01T00:00:00Z", ageDays: 8, controls: 1 },
    builtIn: { controls: before.result.controls.length },
    refused: null,
  });
  expect((await runHoldfast(["library", "status"], where)).stdout).toMatch(
    /^installed: version 1\.2\.0 .*, made 2026-01-01, 8 days ago; in use, from .*library\.json\nbuilt-in: /u,
  );
}, 60_000);

test("its rules are compiled once, and taken only from a file that nobody else could have changed", async () => {
  const where = place(archive("1.2.0"));
  await update(where, "--key", "publisher.pem");
  const file = path.join(where.cwd, "data/holdfast/library-compiled.json");
  const made = readFileSync(file, "utf8");
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const names = async (): Promise<readonly string[]> => (await scanResult(["pod.yaml"], where)).result.controls.map(({ name }) => name);
  const withDigest = (body: string): string => `${createHash("sha256").update(body).digest("hex")}\n${body}`;
  const body = made.slice(made.indexOf("\n") + 1);
  const changed = body.replace("Named by the publisher", "Named by the file");

  // What is in the file is what is used...
  writeFileSync(file, withDigest(changed));
  expect(await names()).toEqual(["Named by the file"]);
  // ...unless it is damaged, made by another program or of another archive, or others may write it: then it is made anew.
  for (const [text, mode] of [
    [withDigest(changed), 0o602],
    [`${withDigest(body).split("\n")[0] ?? ""}\n${changed}`, 0o600],
    [withDigest(changed.replace(/"program":"[0-9a-f]+"/u, '"program":"0"')), 0o600],
    [withDigest(changed.replace(/"archive":"[0-9a-f]+"/u, '"archive":"0"')), 0o600],
    ["", 0o600],
  ] as const) {
    writeFileSync(file, text);
    chmodSync(file, mode);
    expect(await names()).toEqual(["Named by the publisher"]);
    expect([readFileSync(file, "utf8"), statSync(file).mode & 0o777]).toEqual([made, 0o600]);
  }
  // A link to such a file isn't followed, and is replaced.
  renameSync(file, `${file}.other`);
  writeFileSync(`${file}.other`, withDigest(changed));
  symlinkSync(`${file}.other`, file);
  expect(await names()).toEqual(["Named by the publisher"]);
}, 60_000);

test("a library that can't be compiled in parts is compiled rule by rule in each run", async () => {
  const where = place(
    archive("1.2.0", { ...LIBRARY, "library/rules/says-no/rule.rego": RULE.replace("armo_builtins", "armo_builtins # ours") }),
  );
  expect((await update(where, "--key", "publisher.pem")).code).toBe(0);
  const { result } = await scanResult(["pod.yaml"], where);
  expect(result.controls.map(({ id, status }) => [id, status])).toEqual([["C-9001", "failed"]]);
  expect(existsSync(path.join(where.cwd, "data/holdfast/library-compiled.json"))).toBe(false);
}, 60_000);

test("without one the built-in library is in use, and status says how old it is", async () => {
  const where = place(archive("1.0"));
  const { stdout, code } = await runHoldfast(["library", "status"], where);
  expect(code).toBe(0);
  expect(stdout).toMatch(
    /^built-in: version \S+ \([0-9a-f]{16}\), \d+ controls, (?:made \d{4}-\d\d-\d\d, \d+ days? ago|of unknown age); in use\n$/u,
  );
});

test("the key of the first update checks the next; an older version needs a word", async () => {
  const where = place(archive("1.2.0"));
  expect(await update(where)).toMatchObject({ code: 2, stderr: expect.stringContaining("say whose library it is: --key FILE") as string });
  expect((await update(where, "--key", "publisher.pem")).code).toBe(0);
  const put = ({ packed, signature }: ReturnType<typeof archive>): void => {
    writeFileSync(path.join(where.cwd, "new.tar.gz"), packed);
    writeFileSync(path.join(where.cwd, "new.tar.gz.sig"), signature);
  };
  put(archive("1.10"));
  expect(await update(where)).toMatchObject({ code: 0, stdout: expect.stringContaining("version 1.10 ") as string });
  put(archive("1.9.7"));
  expect(await update(where)).toMatchObject({ code: 2, stderr: expect.stringContaining("its version 1.9.7 is older than 1.10") as string });
  expect((await update(where, "--allow-older")).code).toBe(0);
  put(archive("2.0", LIBRARY, stranger.privateKey));
  expect(await update(where)).toMatchObject({ code: 2, stderr: expect.stringContaining("its signature is not that of the key") as string });
  expect((await runHoldfast(["library", "status"], where)).stdout).toContain("installed: version 1.9.7");
}, 60_000);

test.each<[string, () => { readonly packed: Buffer; readonly signature: string }, string]>([
  [
    "that was changed",
    () => ({ ...archive("1.0"), packed: Buffer.concat([archive("1.0").packed, Buffer.of(0)]) }),
    "its signature is not that of the key",
  ],
  ["with half a signature", () => ({ ...archive("1.0"), signature: "c2hvcnQ=" }), "not base64 of the 64 bytes"],
  ["with a version that is none", () => archive("new"), "expected numbers with dots"],
  ["of an older program's version", () => archive("0.0.1"), "is older than"],
  ["without controls", () => archive("9.0", { "other/readme.md": "x" }), "it holds no controls below library/"],
  [
    "that this program can't read",
    () => archive("9.0", { ...LIBRARY, "library/controls/C-9001-named.md": PAGE.replace("score: 9", "score: nine") }),
    "C-9001-named.md:4: score: expected a number",
  ],
  [
    "whose rule does not compile",
    () => archive("9.0", { ...LIBRARY, "library/rules/says-no/rule.rego": RULE.replace("obj in input", "obj in nothing.here") }),
    "does not compile",
  ],
  [
    "that is no archive",
    () => {
      const packed = Buffer.from("text");
      return { packed, signature: sign(null, packed, publisher.privateKey).toString("base64") };
    },
    "it is no .tar.gz",
  ],
  [
    "that unpacks without end",
    () => {
      const packed = gzipSync(Buffer.alloc(200 * 1_048_576));
      return { packed, signature: sign(null, packed, publisher.privateKey).toString("base64") };
    },
    "more than 64 MiB",
  ],
])(
  "an archive %s is refused, and the built-in library stays in use",
  async (_, make, message) => {
    const where = place(make());
    const run = await update(where, "--key", "publisher.pem");
    expect(run).toMatchObject({ code: 2, stdout: "" });
    expect(run.stderr).toContain(message);
    expect(run.stderr).not.toContain("    at ");
    expect((await runHoldfast(["library", "status"], where)).stdout).toMatch(/^built-in: .*; in use\n$/u);
  },
  30_000,
);

test("names that lead out of the archive are refused", async () => {
  const folder = scratchFolder({ "manifest.json": '{"version": "1.0", "time": "2026-01-01T00:00:00Z"}', "sub/x": "", "evil.md": "x" });
  const packed = execFileSync("tar", ["-czf", "-", "-P", "../evil.md", "../manifest.json"], {
    cwd: path.join(folder, "sub"),
    stdio: ["ignore", "pipe", "ignore"],
  });
  const run = await update(
    place({ packed, signature: sign(null, packed, publisher.privateKey).toString("base64") }),
    "--key",
    "publisher.pem",
  );
  expect(run).toMatchObject({ code: 2, stderr: expect.stringContaining("leads out of") as string });
});

test.each([
  ["a private key", publisher.privateKey.export({ type: "pkcs8", format: "pem" }).toString(), "the key is no public key in PEM"],
  ["a key of another kind", pem(generateKeyPairSync("ec", { namedCurve: "P-256" }).publicKey), "must be of Ed25519"],
])("%s does not check a library", async (_, key, message) => {
  const where = place(archive("1.0"));
  writeFileSync(path.join(where.cwd, "publisher.pem"), key);
  expect(await update(where, "--key", "publisher.pem")).toMatchObject({ code: 2, stderr: expect.stringContaining(message) as string });
});

test("an installed library that was damaged is not used, and the result says so", async () => {
  const where = place(archive("1.2.0"));
  await update(where, "--key", "publisher.pem");
  const file = path.join(where.cwd, "data/holdfast/library.json");
  const kept = JSON.parse(readFileSync(file, "utf8")) as Record<string, string>;
  for (const [damaged, cause] of [
    [
      JSON.stringify({ ...kept, archive: archive("1.2.0", LIBRARY, stranger.privateKey).packed.toString("base64").replace("H4s", "H4t") }),
      "its signature is not that of the key",
    ],
    [JSON.stringify({ ...kept, signature: undefined }), "expected a key, a signature and an archive"],
    ["{", "it is no JSON"],
  ] as const) {
    writeFileSync(file, damaged);
    const { result } = await scanResult(["pod.yaml"], where);
    expect(result.controls.length).toBeGreaterThan(20);
    expect(result.problems).toMatchObject([
      { code: "library-refused", effect: "degraded", cause: expect.stringContaining(cause) as string },
    ]);
    expect((await runHoldfast(["library", "status"], where)).stdout).toMatch(/^installed: not used, since .*\nbuilt-in: .*; in use\n$/u);
  }
  expect((await scanResult(["pod.yaml", "--builtin-library"], where)).result.problems).toEqual([]);
}, 60_000);

test("Holdfast's own library, packed and installed, judges as it does built in", async () => {
  const folder = scratchFolder({ "manifest.json": '{"version": "9.0", "time": "2026-01-01T00:00:00Z"}' });
  mkdirSync(path.join(folder, "library"));
  cpSync(path.join(root, "library"), path.join(folder, "library"), { recursive: true });
  const packed = execFileSync("tar", ["-czf", "-", "manifest.json", "library"], { cwd: folder, maxBuffer: 1 << 26 });
  const where = place({ packed, signature: sign(null, packed, publisher.privateKey).toString("base64") });
  expect((await update(where, "--key", "publisher.pem")).code).toBe(0);
  const shop = path.join(root, "examples/shop");
  const one = await scanResult([shop], where);
  const other = await scanResult([shop, "--builtin-library"], where);
  expect(one.result.findings).toEqual(other.result.findings);
  expect(one.result.verdicts).toEqual(other.result.verdicts);
}, 120_000);

test("an archive is fetched where a URL is named, within its limits", async () => {
  const { packed, signature } = archive("3.0");
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const url = request.url ?? "";
    asked.push(url);
    if (url === "/moved/new.tar.gz?a=1") response.writeHead(302, { location: "/new.tar.gz" }).end();
    else if (url === "/new.tar.gz") response.end(packed);
    else if (url === "/new.tar.gz.sig" || url === "/moved/new.tar.gz.sig?a=1") response.end(signature);
    else if (url.startsWith("/large")) response.end(Buffer.alloc(20 * 1_048_576));
    else response.writeHead(404).end("not here");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    const where = place(archive("1.0"));
    const from = async (url: string): Promise<Run> => runHoldfast(["library", "update", "--from", url, "--key", "publisher.pem"], where);
    expect(await from(`${base}/gone.tar.gz`)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("the server answers 404") as string,
    });
    expect(await from(`${base}/large`)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("has more than 16777216 bytes") as string,
    });
    expect(await from("http://127.0.0.1:1/new.tar.gz")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("can't be fetched") as string,
    });
    expect(await from("ftp://127.0.0.1/new.tar.gz")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("only http and https") as string,
    });
    expect(await from(`${base}/moved/new.tar.gz?a=1`)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("version 3.0 ") as string,
    });
    asked.length = 0;
    const { result } = await scanResult(["pod.yaml"], where);
    expect(controlOf(result, "C-9001").status).toBe("failed");
    expect(asked).toEqual([]);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}, 60_000);
