// Bundles: those that OPA makes and signs load here, those that are made and signed here load there, and what must not be used is refused.
import { execFileSync } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { needs } from "./needs.ts";
import { runCommand, runHoldfast, type Run } from "./run-holdfast.ts";
import { scratchFolder } from "./scratch-folder.ts";

const rsa = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});
const ec = generateKeyPairSync("ec", {
  namedCurve: "P-256",
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});

const FILES: Readonly<Record<string, string>> = {
  "shop/.manifest": '{"revision": "r1", "roots": ["shop"], "metadata": {"team": "ops"}}',
  "shop/shop/rules.rego": "package shop\n\ndeny contains x if {\n\tsome x in input.items\n\tx > data.shop.limits.price\n}\n",
  "shop/shop/rules_test.rego": "package shop\n\ntest_deny if deny == {5} with input.items as [1, 5]\n",
  "shop/shop/limits/data.yaml": "price: 3\n",
  "shop/shop/big/data.json": '{"n": 12345678901234567890, "f": 2.50}',
  "shop/notes.json": '{"not": "loaded"}',
  "input.json": '{"items": [1, 5, 9]}',
  "rsa.pem": rsa.publicKey,
  "rsa.key": rsa.privateKey,
  "ec.pem": ec.publicKey,
  "ec.key": ec.privateKey,
};

const EVAL = ["-i", "input.json", "-f", "raw", "[data.shop.deny, data.shop.limits, data.shop.big.n]"];
const DATA = ["-i", "input.json", "-f", "json", "data"];

function setUp(): { readonly cwd: string; readonly rego: (...args: readonly string[]) => Promise<Run> } {
  const cwd = scratchFolder(FILES);
  return { cwd, rego: (...args) => runHoldfast(["rego", ...args], { cwd }) };
}

describe("with opa", () => {
  test("a folder, and an archive that opa made, give what they give there", async (context) => {
    const opa = needs(context, "opa");
    const { cwd, rego } = setUp();
    expect((await runCommand([opa, "build", "-b", "shop", "-o", "theirs.tar.gz"], { cwd })).code).toBe(0);
    for (const bundle of ["shop", "theirs.tar.gz"]) {
      const [ours, theirs] = await Promise.all([
        rego("eval", "-b", bundle, ...DATA),
        runCommand([opa, "eval", "-b", bundle, ...DATA], { cwd }),
      ]);
      expect(ours.code, ours.stderr).toBe(0);
      expect(JSON.parse(ours.stdout), bundle).toEqual(JSON.parse(theirs.stdout));
    }
    expect((await rego("test", "-b", "theirs.tar.gz")).stdout).toContain("PASS: 1/1");
    expect((await rego("check", "-b", "theirs.tar.gz")).code).toBe(0);
  }, 30_000);

  test("an archive that was made here gives there what it gives here", async (context) => {
    const opa = needs(context, "opa");
    const { cwd, rego } = setUp();
    const built = await rego("build", "-b", "shop", "-o", "ours.tar.gz", "--revision", "r2");
    expect(built, built.stderr).toMatchObject({ code: 0, stdout: "", stderr: "" });
    const [ours, theirs] = await Promise.all([
      rego("eval", "-b", "ours.tar.gz", ...DATA),
      runCommand([opa, "eval", "-b", "ours.tar.gz", ...DATA], { cwd }),
    ]);
    expect(JSON.parse(ours.stdout)).toEqual(JSON.parse(theirs.stdout));
    const inspected = await runCommand([opa, "inspect", "ours.tar.gz", "--format", "json"], { cwd });
    expect(JSON.parse(inspected.stdout)).toMatchObject({
      manifest: { revision: "r2", roots: ["shop"], rego_version: 1, metadata: { team: "ops" } },
    });
  }, 30_000);

  test("files and folders that are no bundle make one, as opa makes one of them", async (context) => {
    const opa = needs(context, "opa");
    const { cwd, rego } = setUp();
    expect((await rego("build", "shop", "-o", "ours.tar.gz")).code).toBe(0);
    expect((await runCommand([opa, "build", "shop", "-o", "theirs.tar.gz"], { cwd })).code).toBe(0);
    const [ours, theirs] = await Promise.all(
      ["ours.tar.gz", "theirs.tar.gz"].map((bundle) => runCommand([opa, "eval", "-b", bundle, ...DATA], { cwd })),
    );
    expect(JSON.parse(ours?.stdout ?? "")).toEqual(JSON.parse(theirs?.stdout ?? "."));
  }, 30_000);

  test("what opa signs is verified here, and what is signed here there", async (context) => {
    const opa = needs(context, "opa");
    const { cwd, rego } = setUp();
    for (const [algorithm, key, publicKey] of [
      ["RS256", "rsa.key", "rsa.pem"],
      ["PS256", "rsa.key", "rsa.pem"],
      ["ES256", "ec.key", "ec.pem"],
      ["HS256", "a secret", "a secret"],
    ] as const) {
      const sign = ["--signing-key", key, "--signing-alg", algorithm];
      const theirs = await runCommand([opa, "build", "-b", "shop", "-o", "theirs.tar.gz", ...sign], { cwd });
      expect(theirs.code, theirs.stderr).toBe(0);
      const run = await rego("eval", "-b", "theirs.tar.gz", "--verification-key", publicKey, ...EVAL);
      expect(run, algorithm).toMatchObject({ code: 0, stdout: '[[5,9],{"price":3},12345678901234567890]\n' });
      expect((await rego("build", "-b", "shop", "-o", "ours.tar.gz", ...sign)).code).toBe(0);
      const again = ["build", "-b", "ours.tar.gz", "-o", "again.tar.gz", "--verification-key", publicKey, "--signing-alg", algorithm];
      const verified = await runCommand([opa, ...again], { cwd });
      expect(verified.code, `${algorithm}: ${verified.stderr}`).toBe(0);
    }
  }, 30_000);

  test("a folder that opa signed is verified, until a file in it is another", async (context) => {
    const opa = needs(context, "opa");
    const { cwd, rego } = setUp();
    expect((await runCommand([opa, "sign", "-b", "shop", "--signing-key", "rsa.key", "-o", "shop"], { cwd })).code).toBe(0);
    const args = ["eval", "-b", "shop", "--verification-key", "rsa.pem", "data.shop.deny"];
    expect(await rego(...args)).toMatchObject({ code: 0, stderr: "" });
    execFileSync("sh", ["-c", "echo 'package shop' > shop/shop/more.rego"], { cwd });
    expect(await rego(...args)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("shop/shop/more.rego: it was not signed\n  help: ") as string,
    });
    expect((await rego(...args, "--exclude-files-verify", "shop/more.rego")).code).toBe(0);
    execFileSync("sh", ["-c", "echo 'price: 4' > shop/shop/limits/data.yaml; rm shop/shop/more.rego"], { cwd });
    expect((await rego(...args)).stderr).toContain("shop/shop/limits/data.yaml: it is not what was signed");
  }, 30_000);
});

describe("on its own", () => {
  test("a signed bundle is refused without a key, with another one, and with another name of it", async () => {
    const { rego } = setUp();
    expect((await rego("build", "-b", "shop", "-o", "b.tar.gz", "--signing-key", "ec.key", "--signing-alg", "ES256")).code).toBe(0);
    const refusals = await Promise.all(
      [[], ["--verification-key", "rsa.pem"], ["--verification-key", "ec.pem", "--scope", "write"]].map((args) =>
        rego("eval", "-b", "b.tar.gz", ...args, "data"),
      ),
    );
    expect(refusals.map(({ code }) => code)).toEqual([2, 2, 2]);
    expect(refusals.map(({ stderr }) => stderr.split("\n")[0])).toEqual([
      "b.tar.gz/.signatures.json: the bundle is signed, and there is no key to verify it with",
      "b.tar.gz/.signatures.json: its signature is not one of this key",
      'b.tar.gz/.signatures.json: its scope is "", not "write"',
    ]);
    expect((await rego("eval", "-b", "b.tar.gz", "--skip-verify", "data")).code).toBe(0);
    expect((await rego("eval", "-b", "shop", "--verification-key", "ec.pem", "data")).stderr).toContain("the bundle is not signed");
  }, 30_000);

  test("bundles, and files beside them, are used together; overlapping roots and values are refused", async () => {
    const cwd = scratchFolder({
      ...FILES,
      "other/.manifest": '{"roots": ["other"]}',
      "other/other/data.json": '{"x": 1}',
      "clash/.manifest": '{"roots": ["shop/limits"]}',
      "more.json": '{"more": 2}',
      "twice.json": '{"other": {"x": 3}}',
    });
    const run = (...args: readonly string[]): Promise<Run> => runHoldfast(["rego", "eval", ...args], { cwd });
    const both = await run(
      "-b",
      "shop",
      "-b",
      "other",
      "-d",
      "more.json",
      "-f",
      "raw",
      "[data.other.x, data.more, data.shop.limits.price]",
    );
    expect(both).toMatchObject({ code: 0, stdout: "[1,2,3]\n" });
    const clash = await run("-b", "shop", "-b", "clash", "data");
    expect(clash).toMatchObject({ code: 2, stderr: expect.stringContaining('its root "shop/limits" overlaps "shop" of shop') as string });
    expect((await run("-b", "other", "-d", "twice.json", "data")).stderr).toContain("data.other.x is in a bundle already");
  });

  test("archives that lead out, link away or unfold without end are refused", async () => {
    const cwd = scratchFolder({ "x/a.rego": "package a\n", "out/evil.rego": "package evil\n", "not.tar.gz": "no archive" });
    const shell = (script: string): void => void execFileSync("sh", ["-c", script], { cwd });
    shell("cd x && tar -czPf ../up.tar.gz ../out/evil.rego");
    shell("ln -s /etc/passwd x/data.json && tar -czf link.tar.gz -C x . && rm x/data.json");
    shell("head -c 340000000 /dev/zero | gzip -1 > bomb.tar.gz");
    const refusals: readonly (readonly [string, RegExp])[] = [
      ["up.tar.gz", /leads out of the bundle/u],
      ["link.tar.gz", /data\.json: it is a symlink, not a file/u],
      ["bomb.tar.gz", /its files have more than 256 MiB/u],
      ["not.tar.gz", /it is no \.tar\.gz/u],
      ["missing.tar.gz", /there is no such file or folder/u],
    ];
    for (const [bundle, message] of refusals) {
      const run = await runHoldfast(["rego", "eval", "-b", bundle, "data"], { cwd });
      expect(run.code, bundle).toBe(2);
      expect(run.stderr).toMatch(message);
      expect(run.stderr).toContain("  help: ");
    }
  }, 60_000);

  test("a link in a folder is followed within the bundle, and not out of it", async () => {
    const cwd = scratchFolder({ "b/a/rules.rego": "package a\n", "b/real/x.json": '{"inside": 1}', "secret.json": '{"secret": 1}' });
    execFileSync("ln", ["-s", "../real/x.json", "b/a/data.json"], { cwd });
    expect(await runHoldfast(["rego", "eval", "-b", "b", "-f", "raw", "data"], { cwd })).toMatchObject({ stdout: '{"a":{"inside":1}}\n' });
    execFileSync("ln", ["-s", "../secret.json", "b/data.json"], { cwd });
    const run = await runHoldfast(["rego", "eval", "-b", "b", "data"], { cwd });
    expect(run).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("b/data.json: it is a link that leads out of the bundle") as string,
    });
  });

  test("a bundle becomes a module that runs alone, and is evaluated in the sandbox", async () => {
    const { cwd, rego } = setUp();
    expect((await rego("build", "-b", "shop", "-e", "shop/deny", "-o", "shop.mjs")).code).toBe(0);
    const { evaluate } = (await import(path.join(cwd, "shop.mjs"))) as { readonly evaluate: (input: unknown) => unknown };
    expect(evaluate({ items: [1, 5] })).toEqual([5]);
    expect(await rego("eval", "-b", "shop", "--sandbox", "-i", "input.json", "-f", "raw", "data.shop.deny")).toMatchObject({
      code: 0,
      stdout: "[5,9]\n",
    });
  }, 30_000);

  test("what can't be built is told", async () => {
    const { rego } = setUp();
    const runs = await Promise.all([
      rego("build", "shop", "-o", "out.mjs"),
      rego("build", "-o", "out.tar.gz"),
      rego("build", "shop", "-o", "out.tar.gz", "--signing-key", "no key"),
      rego("build", "shop", "-o", "none/out.tar.gz"),
      rego("check"),
    ]);
    expect(runs.map(({ code }) => code)).toEqual([2, 2, 2, 2, 2]);
    expect(runs.map(({ stderr }) => stderr.split("\n")[0])).toEqual([
      expect.stringContaining("a module needs an entrypoint"),
      expect.stringContaining("there is nothing to read"),
      expect.stringContaining("the signing key is no private key in PEM"),
      expect.stringContaining("the file can't be written"),
      expect.stringContaining("there is nothing to read"),
    ]);
  });
});
