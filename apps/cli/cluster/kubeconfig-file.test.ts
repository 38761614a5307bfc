import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { UsageError } from "../usage-error.ts";
import { readKubeconfig } from "./kubeconfig-file.ts";

const folder = mkdtempSync(path.join(realpathSync(tmpdir()), "holdfast-kubeconfig-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, text: string): string {
  const made = path.join(folder, name);
  writeFileSync(made, text);
  return made;
}

const first = file(
  "first",
  `clusters: [{name: c, cluster: {server: https://one, certificate-authority: ca.crt}}]
users: [{name: u, user: {client-certificate: /abs/u.crt, exec: {command: ./bin/plugin}}}, {name: bare, user: {exec: {command: aws}}}, {name: oidc, user: {auth-provider: {name: oidc, config: {idp-certificate-authority: idp.crt, client-id: c}}}}]
contexts: []
`,
);
const second = file(
  "second",
  "current-context: x\ncontexts: [{name: x, context: {cluster: c}}]\nclusters: [{name: c, cluster: {server: https://two}}, {name: d, cluster: {server: https://three}}]\n",
);

test("of several files the first that names something counts, and paths are those of its own folder", () => {
  const config = readKubeconfig([first, path.join(folder, "none"), second], false);
  expect(config).toMatchObject({
    currentContext: "x",
    clusters: [
      { name: "c", cluster: { server: "https://one", "certificate-authority": path.join(folder, "ca.crt") } },
      { name: "d", cluster: { server: "https://three" } },
    ],
    users: [
      { name: "u", user: { "client-certificate": "/abs/u.crt", exec: { command: path.join(folder, "bin/plugin") } } },
      { name: "bare", user: { exec: { command: "aws" } } },
      {
        name: "oidc",
        user: {
          "auth-provider": { name: "oidc", config: { "idp-certificate-authority": path.join(folder, "idp.crt"), "client-id": "c" } },
        },
      },
    ],
  });
});

test("files that are not there are no fault, unless the user named them", () => {
  const none = path.join(folder, "none");
  expect(readKubeconfig([none], false)).toBeNull();
  expect(() => readKubeconfig([none], true)).toThrow(/none can't be read: there is no such file/u);
});

test.each([
  ["a list", "- a\n"],
  ["broken", "a: [\n"],
  ["text", "hello\n"],
])("what is no kubeconfig is said: %s", (name, text) => {
  expect(() => readKubeconfig([file(name, text)], true)).toThrow(UsageError);
});

test("no content makes it fail in another way", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.json(),
        fc.record({ clusters: fc.anything(), users: fc.anything(), contexts: fc.anything() }).map((one) => JSON.stringify(one)),
      ),
      (text) => {
        try {
          readKubeconfig([file("any", text)], true);
        } catch (error) {
          expect(error).toBeInstanceOf(UsageError);
        }
      },
    ),
  );
});
