import { describe, expect, test } from "vitest";
import { isGitUrl, readGitUrl } from "./git-url.ts";

describe("what is a repository", () => {
  test.each([
    "https://github.com/a/b",
    "ssh://git@host/a",
    "git@github.com:a/b.git",
    "file:///srv/a.git",
    "/srv/a.git",
    "../a.git?ref=v1",
    "a.git//deploy?ref=x",
    "ext::sh -c id",
  ])("%s", (written) => expect(isGitUrl(written)).toBe(true));
  test.each(["deploy", ".", "-", "a/b.yaml", "C:\\deploy", "a:b", ".github", "x@y", "mailto"])("not %s", (written) =>
    expect(isGitUrl(written)).toBe(false),
  );
});

describe("what it names", () => {
  test.each<[string, Partial<ReturnType<typeof readGitUrl>>]>([
    [
      "https://github.com/a/b",
      { url: "https://github.com/a/b", name: "github.com/a/b", ref: undefined, path: "", origin: "https://github.com" },
    ],
    ["https://me@host:8443/a/b.git?ref=v1.2", { url: "https://me@host:8443/a/b.git", name: "host/a/b", ref: "v1.2", user: "me" }],
    ["https://host/a/b//deploy/prod/?ref=feature%2Fx", { url: "https://host/a/b", path: "deploy/prod", ref: "feature/x" }],
    ["https://github.com/a/b/tree/main/deploy/prod", { url: "https://github.com/a/b", path: "deploy/prod", ref: "main" }],
    ["https://gitlab.com/g/s/b/-/tree/v1/deploy", { url: "https://gitlab.com/g/s/b", path: "deploy", ref: "v1" }],
    ["git@host:a/b.git//k8s", { url: "git@host:a/b.git", name: "host/a/b", path: "k8s", origin: undefined }],
    ["ssh://git@host:2222/a/b", { url: "ssh://git@host:2222/a/b", name: "host/a/b", origin: undefined }],
    ["file:///srv/a.git//x?ref=main", { url: "file:///srv/a.git", name: "a", path: "x", ref: "main" }],
    ["/srv/a.git", { url: "/srv/a.git", name: "a", path: "" }],
    ["../a.git//x", { url: "../a.git", name: "a", path: "x" }],
    ["http://127.0.0.1:8080/a.git", { origin: "http://127.0.0.1:8080", name: "127.0.0.1/a" }],
    ["http://host/a.git", { origin: undefined }],
  ])("%s", (written, expected) => expect(readGitUrl(written)).toMatchObject(expected));

  test("--git-ref says the ref where the URL doesn't", () => {
    expect(readGitUrl("https://h/a", "v1").ref).toBe("v1");
    expect(readGitUrl("https://h/a?ref=v1", "v1").ref).toBe("v1");
    expect(() => readGitUrl("https://h/a?ref=v2", "v1")).toThrow("name one of them");
  });
});

describe("what is refused", () => {
  test.each([
    ["ext::sh -c id", "spaces"],
    ["ext::sh", "run a command"],
    ["ssh://-oProxyCommand=touch$IFS/tmp/x/a", "option"],
    ["git@-oProxyCommand=x:a.git", "option"],
    ["-oProxyCommand=x@host:a.git", "option"],
    ["git@host:-a.git", "option"],
    ["--upload-pack=touch.git", "option"],
    ["git://host/a", "is not read"],
    ["https://", "read"],
    ["https://host", "name the repository"],
    ["https://host/a?upload-pack=x", "only ?ref=REF"],
    ["https://host/a?ref=--upload-pack=x", "can't be the name"],
    ["https://host/a?ref=a:b", "can't be the name"],
    ["https://host/a?ref=%2Brefs/heads/*", "can't be the name"],
    ["https://host/a//../../etc", "leaves"],
    ["https://host/a#v1", "?ref=REF"],
    ["file://host/a.git", "no host"],
  ])("%s", (written, message) => expect(() => readGitUrl(written)).toThrow(message));

  test("a password is refused and never repeated", () => {
    let message = "";
    try {
      readGitUrl("https://me:s3cr3t@host/a");
    } catch (error) {
      message = String(error);
    }
    expect(message).toContain("GIT_TOKEN");
    expect(message).not.toContain("s3cr3t");
  });
});
