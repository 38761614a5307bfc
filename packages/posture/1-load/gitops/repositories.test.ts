import { expect, test } from "vitest";
import type { FileContent } from "../file-system.ts";
import { sameUrl, whyNotOurs } from "./repositories.ts";

test("the forms of a repository's URL are one", () => {
  for (const url of [
    "https://git.example.com/estate/main.git",
    "https://someone:word@git.example.com/estate/main/",
    "ssh://git@git.example.com:2222/estate/main",
    "git@git.example.com:estate/main.git",
  ])
    expect(sameUrl(url), url).toBe("git.example.com/estate/main");
  expect(sameUrl("https://git.example.com/estate/other")).not.toBe("git.example.com/estate/main");
});

test("of several repositories only a remote of the tree's own is this tree", async () => {
  const config = '[core]\n\turl = https://git.example.com/no-remote\n[remote "origin"]\n\turl = git@git.example.com:estate/main.git\n';
  const bytes = new TextEncoder().encode(config);
  const clone = { readFile: async () => Promise.resolve({ size: bytes.length, bytes }) };
  const noClone = { readFile: async () => Promise.reject(new Error("ENOENT")) };
  const [main, other] = ["https://git.example.com/estate/main", "https://git.example.com/no-remote"];
  const named = [sameUrl(main), sameUrl(other)];
  expect(await whyNotOurs(main, named, "/tree", clone)).toBeUndefined();
  expect(await whyNotOurs(other, named, "/tree", clone)).toContain(other);
  expect(await whyNotOurs(main, named, "/tree", noClone)).toContain("several");
  expect(await whyNotOurs(main, [sameUrl(main)], "/tree", noClone)).toBeUndefined();
});

test("a submodule's remote stands in Git's folder elsewhere, and that of a further work tree in the folder that all share", async () => {
  const config = '[remote "origin"]\n\turl = https://git.example.com/estate/main\n';
  const files: Readonly<Record<string, string>> = {
    "/over/modules/tree/.git": "gitdir: ../../.git/modules/tree\n",
    "/over/.git/modules/tree/config": config,
    "/further/.git": "gitdir: /over/.git/worktrees/further\n",
    "/over/.git/worktrees/further/commondir": "../..\n",
    "/over/.git/config": config,
    "/odd/.git": "no such thing\n",
  };
  const clone = {
    readFile: async (file: string): Promise<FileContent> => {
      const text = files[file];
      if (text === undefined) throw new Error("ENOENT");
      const bytes = new TextEncoder().encode(text);
      return Promise.resolve({ size: bytes.length, bytes });
    },
  };
  const named = [sameUrl("https://git.example.com/estate/main"), sameUrl("https://git.example.com/other")];
  for (const root of ["/over/modules/tree", "/further"])
    expect(await whyNotOurs("git@git.example.com:estate/main.git", named, root, clone), root).toBeUndefined();
  expect(await whyNotOurs("git@git.example.com:estate/main.git", named, "/odd", clone)).toContain("no remote");
});
