// What comes of archives, and what strangers may try with them.
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { packTar, type TarEntry } from "modern-tar";
import { describe, expect, test } from "vitest";
import { makeZip, type ZipFile } from "../../testing/make-zip.ts";
import { memoryFiles } from "../../testing/memory-files.ts";
import type { MemoryNode } from "../../testing/memory-files.ts";
import { load, type LoadResult } from "../load.ts";

function pod(name: string): string {
  return `apiVersion: v1\nkind: Pod\nmetadata:\n  name: ${name}\n`;
}

async function tar(entries: readonly (readonly [name: string, text: string, header?: Partial<TarEntry["header"]>])[]): Promise<Uint8Array> {
  return packTar(entries.map(([name, body, more = {}]) => ({ header: { name, size: body.length, ...more }, body })));
}

async function loadTree(tree: Readonly<Record<string, MemoryNode>>, paths: readonly string[] = ["."]): Promise<LoadResult> {
  const result = await load({
    paths,
    cwd: "/w",
    files: memoryFiles(Object.fromEntries(Object.entries(tree).map(([name, node]) => [`/w/${name}`, node]))),
  });
  const { account } = result.inputs;
  expect(account.produced + account.notKubernetes + account.lost).toBe(account.documents);
  expect(result.problems.filter(({ effect }) => effect === "lost")).toHaveLength(account.lost);
  return result;
}

function places(result: LoadResult): string[] {
  return result.resources.map(({ file, line, name }) => `${file}:${line} ${name}`);
}

function problems(result: LoadResult): string[] {
  return result.problems.map(({ code, subject }) => `${code} ${subject}`);
}

const FILES = [
  ["a.yaml", `${pod("one")}---\n${pod("two")}`],
  ["./deep/b.json", '{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "three"}}'],
  ["deep/readme.md", "# no"],
  [".gitignore", "left-out/\n"],
  ["left-out/c.yaml", pod("no")],
] as const;

describe.each<readonly [name: string, make: () => Promise<Uint8Array> | Uint8Array]>([
  ["k8s.tar", async () => tar(FILES)],
  ["k8s.tar.gz", async () => gzipSync(await tar(FILES))],
  ["k8s.tgz", async () => gzipSync(await tar(FILES))],
  ["k8s.zip", () => makeZip(FILES.map(([name, body], at) => ({ name: name.replace("./", ""), body, stored: at % 2 === 0 })))],
])("%s", (name, make) => {
  test("is a folder, named or met in one", async () => {
    const expected = [`${name}/a.yaml:1 one`, `${name}/a.yaml:6 two`, `${name}/deep/b.json:1 three`];
    for (const paths of [[name], ["."], [name, `${name}/deep`]]) {
      const result = await loadTree({ [name]: await make() }, paths);
      expect(places(result), paths.join()).toEqual(expected);
      expect(result.inputs.account.ignored).toBe(1);
      expect(result.problems).toEqual([]);
    }
    expect(places(await loadTree({ [name]: await make() }, [`${name}/deep/b.json`]))).toEqual([expected[2]]);
  });

  test("cut off anywhere it is a problem, and its neighbours are read", async () => {
    const whole = await make();
    for (const length of [0, 1, 20, Math.floor(whole.length / 2), whole.length - 20]) {
      const result = await loadTree({ [name]: whole.slice(0, length), "z.yaml": pod("z") });
      expect(places(result).at(-1)).toBe("z.yaml:1 z");
      expect([length, problems(result).length]).toEqual([length, 1]);
      expect(problems(result)[0]).toMatch(/^archive-broken /u);
    }
  });

  test("with any byte changed it is read or a problem", async () => {
    const whole = await make();
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.nat(255), async (at, byte) => {
        const changed = whole.slice();
        changed[at] = byte;
        const result = await loadTree({ [name]: changed }, [name]);
        expect(result.inputs.account.files + result.other).toBeGreaterThan(0);
      }),
      { numRuns: 150 },
    );
  });
});

test("any bytes are an archive or a problem", async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 600 }), fc.constantFrom("a.zip", "a.tar", "a.tgz"), async (bytes, name) => {
      const result = await loadTree({ [name]: bytes }, [name]);
      expect(result.resources).toEqual([]);
    }),
    { numRuns: 200 },
  );
});

test("names that leave are one problem, and the rest is read", async () => {
  const wrong = ["../up.yaml", "/etc/passwd", "a/../../b.yaml", "C:/x.yaml", "..\\x.yaml"];
  const entries = [...wrong.map((name) => [name, pod("no")] as const), ["in/./good.yaml", pod("good")] as const];
  for (const [name, archive] of [
    ["a.tar", await tar(entries)],
    ["a.zip", makeZip(entries.map(([file, body]) => ({ name: file, body })))],
  ] as const) {
    const result = await loadTree({ [name]: archive, ".holdfastignore": "*.md\n" });
    expect(places(result)).toEqual([`${name}/in/good.yaml:1 good`]);
    expect(result.problems).toMatchObject([{ code: "archive-name", subject: name, cause: expect.stringContaining("5 entries") }]);
  }
});

test("links within an archive are followed, and none leaves it", async () => {
  const result = await loadTree({
    "outside.yaml": pod("outside"),
    "a.tar": await tar([
      ["real/pod.yaml", pod("real")],
      ["again.yaml", "", { type: "symlink", linkname: "real/pod.yaml" }],
      ["hard.yaml", "", { type: "link", linkname: "real/pod.yaml" }],
      ["out.yaml", "", { type: "symlink", linkname: "../outside.yaml" }],
      ["root.yaml", "", { type: "symlink", linkname: "/../../etc/passwd" }],
      ["gone.yaml", "", { type: "symlink", linkname: "nowhere.yaml" }],
      ["self.yaml", "", { type: "symlink", linkname: "self.yaml" }],
      ["loop/up", "", { type: "symlink", linkname: ".." }],
      ["pipe.yaml", "", { type: "fifo" }],
    ]),
  });
  expect(places(result)).toEqual(["a.tar/real/pod.yaml:1 real", "outside.yaml:1 outside"]);
  expect(problems(result)).toEqual([
    "archive-link a.tar/gone.yaml",
    "archive-link a.tar/out.yaml",
    "special-file a.tar/pipe.yaml",
    "archive-link a.tar/root.yaml",
    "link-broken a.tar/self.yaml",
  ]);
  const zip = await loadTree({ "a.zip": makeZip([{ name: "out.yaml", body: "../../x.yaml", mode: 0o120_777 }]) });
  expect(problems(zip)).toEqual(["archive-link a.zip/out.yaml"]);
});

describe("bombs", () => {
  test("a tar that unpacks to gigabytes is not unpacked", async () => {
    const bomb = gzipSync(Buffer.alloc(300 * 2 ** 20));
    expect(problems(await loadTree({ "a.tgz": bomb, "b.yaml": pod("b") }))).toEqual(["archive-too-large a.tgz"]);
    const ratio = gzipSync(Buffer.alloc(64 * 2 ** 20));
    const small = await loadTree({ "a.tgz": ratio });
    expect(problems(small)).toEqual(["archive-too-large a.tgz"]);
    expect(small.problems[0]?.cause).toMatch(/^its \d+ bytes would unpack to more than \d+ MiB$/u);
  });

  test("a zip that promises gigabytes, and one that promises less than it holds", async () => {
    const promised: ZipFile[] = Array.from({ length: 100 }, (_, at) => ({ name: `${at}.yaml`, body: "x", size: 2 ** 30 }));
    expect(problems(await loadTree({ "a.zip": makeZip(promised) }))).toEqual(["archive-too-large a.zip"]);
    const lying = await loadTree({
      "a.zip": makeZip([
        { name: "a.yaml", body: Buffer.alloc(2 ** 24), size: 10 },
        { name: "b.yaml", body: pod("b") },
      ]),
    });
    expect(problems(lying)).toEqual(["archive-broken a.zip/a.yaml"]);
    expect(places(lying)).toEqual(["a.zip/b.yaml:1 b"]);
  });

  test("too many entries", async () => {
    const many = makeZip(Array.from({ length: 50_001 }, (_, at) => ({ name: `${at}`, body: "", stored: true })));
    expect(problems(await loadTree({ "a.zip": many }))).toEqual(["archive-too-large a.zip"]);
  });
});

test("what is encrypted or packed otherwise is a problem of that file", async () => {
  const result = await loadTree({
    "a.zip": makeZip(
      [
        { name: "secret.yaml", body: pod("no"), encrypted: true },
        { name: "odd.yaml", body: pod("no"), method: 14 },
        { name: "plain.yaml", body: pod("plain") },
        { name: "logo.png", body: "x", encrypted: true },
      ],
      "a comment",
    ),
  });
  expect(problems(result)).toEqual(["archive-broken a.zip/odd.yaml", "archive-encrypted a.zip/secret.yaml"]);
  expect(places(result)).toEqual(["a.zip/plain.yaml:1 plain"]);
});

test("an archive within an archive is a problem, and a folder with an archive's name is a folder", async () => {
  const inner = await tar([["a.yaml", pod("inner")]]);
  const result = await loadTree({
    "outer.zip": makeZip([
      { name: "inner.tar", body: inner },
      { name: "a.yaml", body: pod("outer") },
    ]),
    "folder.zip/a.yaml": pod("folder"),
  });
  expect(problems(result)).toEqual(["archive-nested outer.zip/inner.tar"]);
  expect(places(result)).toEqual(["folder.zip/a.yaml:1 folder", "outer.zip/a.yaml:1 outer"]);
});

test("a packaged chart is a folder with a chart in it, for who reads charts", async () => {
  const chart = gzipSync(
    await tar([
      ["shop/Chart.yaml", "apiVersion: v2\nname: shop\nversion: 1.0.0\n"],
      ["shop/templates/pod.yaml", pod("templated")],
    ]),
  );
  const result = await loadTree({ "shop-1.0.0.tgz": chart });
  expect(problems(result)).toEqual(["tool-missing shop-1.0.0.tgz/shop"]);
});
