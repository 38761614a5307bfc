import { expect, test } from "vitest";
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
