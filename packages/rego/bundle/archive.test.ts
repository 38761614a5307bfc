// What an archive may hold, and what strangers may try with one.
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { packTar, type TarEntry } from "modern-tar";
import { expect, test } from "vitest";
import { archiveFiles, archiveOf } from "./archive.ts";
import { BundleFault } from "./bundle-files.ts";

async function made(
  entries: readonly (readonly [name: string, text: string, header?: Partial<TarEntry["header"]>])[],
): Promise<Uint8Array> {
  return gzipSync(await packTar(entries.map(([name, body, more = {}]) => ({ header: { name, size: body.length, ...more }, body }))));
}

async function refusal(archive: Uint8Array, limits = {}): Promise<string> {
  try {
    await archiveFiles(archive, limits);
  } catch (error) {
    if (error instanceof BundleFault) return `${error.file ?? ""}: ${error.message}`;
    throw error;
  }
  return "none";
}

test("what is written is read", async () => {
  const long = `${"folder/".repeat(30)}a.rego`;
  const files = new Map(
    [
      ["data.json", "{}"],
      [long, "package a"],
      ["empty.rego", ""],
    ].map(([name = "", text]) => [name, Buffer.from(text ?? "")]),
  );
  const read = await archiveFiles(await archiveOf(files), {});
  expect([...read.paths]).toEqual([...files.keys()]);
  for (const [name, bytes] of files) expect(Buffer.from(read.read(name))).toEqual(bytes);
  expect(await archiveOf(files)).toEqual(await archiveOf(files));
});

test("what stands for the root is no part of a name, and folders are no files", async () => {
  const archive = await made([
    ["/a.rego", "1"],
    ["./b/c.rego", "2"],
    ["b/", "", { type: "directory" }],
    [".//d.rego", "3"],
  ]);
  expect([...(await archiveFiles(archive, {})).paths]).toEqual(["a.rego", "b/c.rego", "d.rego"]);
});

test.each(["../a.rego", "a/../../b.rego", "/../a.rego", "a/..", "C:/a.rego", "..\\a.rego", "a\\b.rego"])(
  "the name %s leads out of the bundle",
  async (name) => {
    expect(await refusal(await made([[name, "1"]]))).toContain("leads out of the bundle");
  },
);

test.each([
  ["symlink", { type: "symlink", linkname: "/etc/passwd" }],
  ["link", { type: "link", linkname: "/etc/passwd" }],
  ["character-device", { type: "character-device" }],
  ["fifo", { type: "fifo" }],
] as const)("a %s is refused", async (what, header) => {
  expect(await refusal(await made([["a.rego", "", header]]))).toBe(`a.rego: it is a ${what}, not a file`);
});

test("one name twice is refused, however it is spelled", async () => {
  expect(
    await refusal(
      await made([
        ["a.rego", "1"],
        ["./a.rego", "2"],
      ]),
    ),
  ).toBe("a.rego: it is there twice");
});

test("a bomb is not unpacked", async () => {
  const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024));
  expect(bomb.length).toBeLessThan(100_000);
  expect(await refusal(bomb, { bytes: 1024 * 1024, files: 10 })).toBe(": its files have more than 1 MiB");
});

test("too many files are refused", async () => {
  const archive = await made(Array.from({ length: 11 }, (_, i) => [`${i}.rego`, "x"] as const));
  expect(await refusal(archive, { files: 10 })).toBe(": it holds more than 10 files");
});

test("an archive that was cut off is refused", async () => {
  const whole = await made([["a.rego", "x".repeat(3000)]]);
  expect(await refusal(whole.subarray(0, whole.length - 20))).toContain("it is no .tar.gz");
  const tar = await packTar([{ header: { name: "a.rego", size: 3000 }, body: "x".repeat(3000) }]);
  expect(await refusal(gzipSync(tar.subarray(0, 1500)))).toContain("it is no .tar.gz");
});

test("any bytes are an archive or refused", async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 2000 }), fc.boolean(), async (bytes, packed) => {
      expect(await refusal(packed ? gzipSync(bytes) : bytes)).toMatch(/^none$|^[^:]*: ./u);
    }),
    { numRuns: 300 },
  );
});

test("a tar with any one byte changed is an archive or refused", async () => {
  const tar = await packTar([{ header: { name: "a/b.rego", size: 5 }, body: "hello" }]);
  await fc.assert(
    fc.asyncProperty(fc.nat(tar.length - 1), fc.nat(255), async (at, byte) => {
      const changed = tar.slice();
      changed[at] = byte;
      expect(await refusal(gzipSync(changed))).toMatch(/^none$|^[^:]*: ./u);
    }),
    { numRuns: 300 },
  );
});
