import { generateKeyPairSync } from "node:crypto";
import { describe, expect, test } from "vitest";
import { loadBundles, type BundleOptions, type LoadedBundles } from "./load-bundles.ts";
import type { BundleSigning, BundleVerification } from "./signature.ts";
import { memoryFiles } from "./tester.ts";
import { writeBundle, type BundleContent } from "./write-bundle.ts";

const CONTENT: BundleContent = {
  modules: [{ file: "a/rules.rego", source: "package a\n\nallow := true\n", version: "v1" }],
  data: { a: { x: 12345678901234567890n } },
  revision: "7",
  roots: ["a"],
};

async function loaded(
  files: Readonly<Record<string, string | Uint8Array>>,
  names: readonly string[],
  options: Partial<BundleOptions> = {},
): Promise<LoadedBundles> {
  return loadBundles(names, memoryFiles(files), { version: "v1", ...options });
}

async function faults(files: Readonly<Record<string, string | Uint8Array>>, names: readonly string[] = ["b"]): Promise<readonly string[]> {
  return (await loaded(files, names)).faults.map(({ file, message }) => `${file}: ${message}`);
}

describe("what is loaded", () => {
  test("an archive that was written here", async () => {
    const { bundles, modules, data, faults: none } = await loaded({ "b.tar.gz": await writeBundle(CONTENT) }, ["b.tar.gz"]);
    expect(none).toEqual([]);
    expect(modules).toEqual([{ file: "b.tar.gz/a/rules.rego", source: "package a\n\nallow := true\n", version: "v1" }]);
    expect(data).toEqual(CONTENT.data);
    expect(bundles).toMatchObject([{ name: "b.tar.gz", manifest: { revision: "7", roots: ["a"] } }]);
  });

  test("a folder: of documents only data.json and data.yaml, each at the path of its folder", async () => {
    const files = {
      "b/data.json": '{"x": 1}',
      "b/c/d/data.yaml": "y: 2\n",
      "b/c/other.json": '{"no": 1}',
      "b/c/m.rego": "package m",
      "b/notes.txt": "no",
    };
    const { modules, data, faults: none } = await loaded(files, ["b"]);
    expect(none).toEqual([]);
    expect(data).toEqual({ x: 1, c: { d: { y: 2 } } });
    expect(modules.map(({ file }) => file)).toEqual(["b/c/m.rego"]);
  });

  test("versions are the manifest's, then those that were asked for", async () => {
    const files = {
      "b/.manifest": '{"rego_version": 0, "file_rego_versions": {"/new/*.rego": 1}}',
      "b/old.rego": "package old",
      "b/new/a.rego": "package a",
      "c/a.rego": "package c",
    };
    const { modules } = await loaded(
      { ...files, "c/.manifest": '{"roots": ["c"]}', "b/.manifest": `{"roots": ["old", "a"], ${files["b/.manifest"].slice(1)}` },
      ["b", "c"],
    );
    expect(modules.map(({ file, version }) => [file, version])).toEqual([
      ["b/new/a.rego", "v1"],
      ["b/old.rego", "v0"],
      ["c/a.rego", "v1"],
    ]);
  });
});

describe("what is refused", () => {
  test.each<[string, Readonly<Record<string, string>>, string]>([
    [
      "a module outside",
      { "b/.manifest": '{"roots": ["a"]}', "b/x.rego": "package c.d" },
      'b/x.rego: its package c.d is outside of the roots ["a"]',
    ],
    [
      "data outside",
      { "b/.manifest": '{"roots": ["a/b"]}', "b/data.json": '{"a": {"b": 1, "c": 2}}' },
      'b/data.json: data.a.c is outside of the roots ["a/b"]',
    ],
    [
      "data above a root that is no object",
      { "b/.manifest": '{"roots": ["a/b"]}', "b/data.json": '{"a": 1}' },
      "b/data.json: data.a is outside",
    ],
    ["a manifest that is none", { "b/.manifest": "[]" }, "b/.manifest: it is no object"],
    ["two values for one place", { "b/data.json": '{"a": 1}', "b/data.yaml": "a: 2" }, "b/data.yaml: data.a is in b/data.json already"],
    ["data that is none", { "b/c/data.json": "{" }, "b/c/data.json: it is no JSON"],
    ["a root that is no object", { "b/data.json": "[]" }, "b/data.json: the document at the root of data is no object"],
    ["the change of a bundle", { "b/patch.json": "{}" }, "b/patch.json: it is the change of another bundle"],
    ["a signature without a key", { "b/.signatures.json": "{}" }, "b/.signatures.json: the bundle is signed, and there is no key"],
    ["a file that is no archive", { b: "no" }, "b: it is no .tar.gz"],
    ["nothing", {}, "b: there is no such file or folder"],
  ])("%s", async (_, files, fault) => {
    expect(await faults(files)).toEqual([expect.stringContaining(fault)]);
  });

  test("roots of two bundles that overlap", async () => {
    const files = { "b/.manifest": '{"roots": ["a"]}', "c/.manifest": '{"roots": ["a/b"]}', "d/x.rego": "package d" };
    expect(await faults(files, ["b", "c"])).toEqual(['c/.manifest: its root "a/b" overlaps "a" of b']);
    expect(await faults(files, ["b", "d"])).toEqual(['d/.manifest: its root "" overlaps "a" of b']);
  });

  test("data that lies where a root's own documents do is permitted", async () => {
    expect(await faults({ "b/.manifest": '{"roots": ["a/b", "c"]}', "b/data.json": '{"a": {"b": {"x": 1}}, "c": 2}' })).toEqual([]);
    expect(await faults({ "b/.manifest": '{"roots": ["a"]}', "b/data.json": "{}", "b/x.rego": "package a.b" })).toEqual([]);
  });
});

const rsa = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});
const ec = generateKeyPairSync("ec", {
  namedCurve: "P-256",
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "sec1", format: "pem" },
});

describe("signatures", () => {
  const verified = async (signing: BundleSigning | null, verification: BundleVerification): Promise<readonly string[]> => {
    const bytes = await writeBundle(signing === null ? CONTENT : { ...CONTENT, signing });
    return (await loaded({ "b.tar.gz": bytes }, ["b.tar.gz"], { verification })).faults.map(({ message }) => message);
  };

  test.each([
    ["HS256", "secret", "secret"],
    ["HS512", "secret", "secret"],
    ["RS256", rsa.privateKey, rsa.publicKey],
    ["PS384", rsa.privateKey, rsa.publicKey],
    ["ES256", ec.privateKey, ec.publicKey],
  ])("by %s are verified", async (algorithm, key, publicKey) => {
    expect(await verified({ algorithm, key }, { key: publicKey })).toEqual([]);
    const wrong = await verified(
      { algorithm, key },
      { key: algorithm.startsWith("HS") ? "other" : algorithm === "ES256" ? rsa.publicKey : ec.publicKey },
    );
    expect(wrong).toEqual(["its signature is not one of this key"]);
  });

  test("a public key is no secret: what was signed with its text is refused", async () => {
    const files = await signedFolder({ algorithm: "HS256", key: "x" });
    const { createHmac } = await import("node:crypto");
    const [header = "", payload = ""] = files.token.split(".");
    const mac = createHmac("sha256", rsa.publicKey).update(`${header}.${payload}`).digest("base64url");
    const forged = { ...files.files, "b/.signatures.json": JSON.stringify({ signatures: [`${header}.${payload}.${mac}`] }) };
    const { faults: told } = await loaded(forged, ["b"], { verification: { key: rsa.publicKey } });
    expect(told).toMatchObject([{ message: "its signature is not one of this key" }]);
  });

  test("a bundle without a signature is refused where there is a key", async () => {
    expect(await verified(null, { key: "secret" })).toEqual(["the bundle is not signed"]);
  });

  test("keys have names, and signatures scopes, which must be those that were asked for", async () => {
    const signing = { algorithm: "HS256", key: "s", keyId: "one", scope: "read" };
    expect(await verified(signing, { key: "s", keyId: "one", scope: "read" })).toEqual([]);
    expect(await verified(signing, { key: "s", scope: "read" })).toEqual([]);
    expect(await verified(signing, { key: "s", keyId: "two", scope: "read" })).toEqual([
      'it was signed with the key "one", not with "two"',
    ]);
    expect(await verified(signing, { key: "s" })).toEqual(['its scope is "read", not ""']);
    expect(await verified({ algorithm: "HS256", key: "s" }, { key: "s", scope: "read" })).toEqual(['its scope is "", not "read"']);
  });

  test.each([
    ["HS256", rsa.publicKey, "the signing key is no secret"],
    ["RS256", "secret", "the signing key is no private key in PEM"],
    ["ES256", rsa.privateKey, "the signing key does not fit ES256"],
    ["none", "secret", "there is no algorithm none"],
  ])("%s can't be used with any key", async (algorithm, key, message) => {
    await expect(writeBundle({ ...CONTENT, signing: { algorithm, key } })).rejects.toThrow(message);
  });

  /** The files of a signed bundle, as a folder `b`. */
  async function signedFolder(signing: BundleSigning): Promise<{ readonly files: Record<string, string>; readonly token: string }> {
    const { archiveFiles } = await import("./archive.ts");
    const archive = await archiveFiles(await writeBundle({ ...CONTENT, signing }), {});
    const files = Object.fromEntries([...archive.paths].map((file) => [`b/${file}`, new TextDecoder().decode(archive.read(file))]));
    const { signatures } = JSON.parse(files["b/.signatures.json"] ?? "{}") as { readonly signatures: readonly string[] };
    return { files, token: signatures[0] ?? "" };
  }

  const verification = { key: "s" };

  test.each<[string, (files: Record<string, string>) => Record<string, string>, readonly string[]]>([
    ["nothing", (files) => files, []],
    ["the order of JSON", (files) => ({ ...files, "b/data.json": `  ${files["b/data.json"] ?? ""}` }), []],
    ["a file that nothing loads", (files) => ({ ...files, "b/notes.txt": "x" }), []],
    ["a module", (files) => ({ ...files, "b/a/rules.rego": "package a" }), ["b/a/rules.rego: it is not what was signed"]],
    ["a document", (files) => ({ ...files, "b/data.json": "{}" }), ["b/data.json: it is not what was signed"]],
    ["the manifest", (files) => ({ ...files, "b/.manifest": '{"roots": [""]}' }), ["b/.manifest: it is not what was signed"]],
    ["one module more", (files) => ({ ...files, "b/a/more.rego": "package a" }), ["b/a/more.rego: it was not signed"]],
    ["one document more", (files) => ({ ...files, "b/a/z/data.yaml": "x: 1" }), ["b/a/z/data.yaml: it was not signed"]],
    [
      "one file less",
      (files) => Object.fromEntries(Object.entries(files).filter(([name]) => !name.endsWith(".rego"))),
      ["b/a/rules.rego: the signature lists it, and it is not there"],
    ],
    [
      "the signature",
      (files) => ({ ...files, "b/.signatures.json": '{"signatures": ["a.b.c"]}' }),
      [expect.stringContaining(".signatures.json: JWT") as string],
    ],
    [
      "two signatures",
      (files) => ({ ...files, "b/.signatures.json": '{"signatures": ["a", "b"]}' }),
      [expect.stringContaining("exactly one signature") as string],
    ],
  ])("a folder in which was changed: %s", async (_, change, expected) => {
    const { files } = await signedFolder({ algorithm: "HS256", key: "s" });
    const { faults: told } = await loaded(change(files), ["b"], { verification });
    expect(told.map(({ file, message }) => `${file}: ${message}`)).toEqual(expected);
  });

  test("files can be left out of it, and verification as a whole", async () => {
    const { files } = await signedFolder({ algorithm: "HS256", key: "s" });
    const more = { ...files, "b/a/more.rego": "package a.more" };
    expect((await loaded(more, ["b"], { verification: { ...verification, exclude: ["a/*.rego"] } })).faults).toEqual([]);
    expect((await loaded(more, ["b"], { skipVerification: true })).faults).toEqual([]);
  });
});

test("two modules of one name can't be written", async () => {
  const module = { source: "package a", version: "v1" } as const;
  const modules = [
    { ...module, file: "../a.rego" },
    { ...module, file: "a.rego" },
  ];
  await expect(writeBundle({ modules, data: {} })).rejects.toThrow("two modules would be a.rego in the bundle");
});

test("a bundle of modules of both versions says which is which", async () => {
  const modules = [
    { file: "new.rego", source: "package a\n\np contains 1\n", version: "v1" } as const,
    { file: "/tmp/old.rego", source: "package b\n\np[1] { true }\n", version: "v0" } as const,
  ];
  const { modules: read } = await loaded({ "b.tar.gz": await writeBundle({ modules, data: {} }) }, ["b.tar.gz"]);
  expect(read.map(({ file, version }) => [file, version])).toEqual([
    ["b.tar.gz/new.rego", "v1"],
    ["b.tar.gz/tmp/old.rego", "v0"],
  ]);
});
