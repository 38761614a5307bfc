import { chmodSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import type { RequestOptions } from "node:https";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { CredentialPlugin } from "./credential-plugin.ts";

const folder = mkdtempSync(path.join(realpathSync(tmpdir()), "holdfast-plugin-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const environment = { PATH: process.env["PATH"], SEEN: "from outside" };

/** Authenticates by a script as plug-in, several times at the same time and one after the other. */
async function ask(script: string, { times = [1], timeout = 20_000 } = {}): Promise<readonly RequestOptions[]> {
  const command = path.join(folder, "plugin.sh");
  writeFileSync(command, `#!/bin/sh\n${script}\n`);
  chmodSync(command, 0o755);
  const exec = { command, args: ["one", 2], env: [{ name: "TOLD", value: "by the kubeconfig" }], provideClusterInfo: true };
  const plugin = new CredentialPlugin(environment, timeout);
  const user = { authProvider: CredentialPlugin.provider(exec, { server: "https://c" }) };
  expect(plugin.isAuthProvider(user)).toBe(true);
  const made: RequestOptions[] = [];
  for (const count of times) {
    const together = Array.from({ length: count }, async (): Promise<RequestOptions> => {
      const options: RequestOptions = { headers: { "Impersonate-User": "jo" } };
      await plugin.applyAuthentication(user, options);
      return options;
    });
    made.push(...(await Promise.all(together)));
  }
  return made;
}

const printing = (status: object): string => `cat <<'END'\n${JSON.stringify({ kind: "ExecCredential", status })}\nEND`;
const counted = (status: object): string => `echo x >> "${folder}/count"\n${printing(status)}`;
const runs = (): number => {
  const count = readFileSync(path.join(folder, "count"), "utf8").trim().split("\n").length;
  rmSync(path.join(folder, "count"));
  return count;
};

test("is told of the cluster, and gives a token or a certificate", async () => {
  const seen = `printf '%s\\n' "$1" "$2" "$TOLD" "$SEEN" "$KUBERNETES_EXEC_INFO" > "${folder}/seen"`;
  expect(await ask(`${seen}\n${printing({ token: "t" })}`)).toEqual([{ headers: { "Impersonate-User": "jo", Authorization: "Bearer t" } }]);
  const [one, two, told, from, info = ""] = readFileSync(path.join(folder, "seen"), "utf8").split("\n");
  expect([one, two, told, from]).toEqual(["one", "2", "by the kubeconfig", "from outside"]);
  expect(JSON.parse(info)).toMatchObject({ kind: "ExecCredential", spec: { interactive: false, cluster: { server: "https://c" } } });
  expect(await ask(printing({ clientCertificateData: "c", clientKeyData: "k" }))).toMatchObject([{ cert: "c", key: "k" }]);
});

test("is asked once for as long as its answer holds", async () => {
  await ask(counted({ token: "t" }), { times: [3, 2] });
  expect(runs()).toBe(1);
  await ask(counted({ token: "t", expirationTimestamp: new Date(Date.now() + 3_600_000).toISOString() }), { times: [3, 2] });
  expect(runs()).toBe(1);
  await ask(counted({ token: "t", expirationTimestamp: new Date(Date.now() + 1000).toISOString() }), { times: [1, 3] });
  expect(runs()).toBe(2);
});

test.each([
  ["fails", "echo 'log in first' >&2; exit 3", /plugin\.sh ended with 3: log in first/u],
  ["prints something else", "echo hello", /printed no credential/u],
  ["prints an empty credential", printing({}), /printed no credential/u],
  ["prints without end", "yes", /took too long or printed too much/u],
])("one that %s is said", async (_, script, message) => {
  await expect(ask(script)).rejects.toThrow(message);
});

test("one that hangs is ended, and one that leaves something behind is not waited for", async () => {
  await expect(ask("exec sleep 60", { timeout: 300 })).rejects.toThrow(/took too long/u);
  expect(await ask(`sleep 20 &\n${printing({ token: "t" })}`)).toHaveLength(1);
});
