// Where results go: encrypted, with names hidden, sent to an address of the user's; and nowhere else.
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { formats } from "@holdfast/report";
import { privilegedPod } from "./manifests.ts";
import { needs } from "./needs.ts";
import { runCommand, runHoldfast } from "./run-holdfast.ts";
import { scratchFolder } from "./scratch-folder.ts";

const POD = { "in/pod.yaml": privilegedPod("pod") };

/** A manifest in which everything that a person can name has `zebra` in it. */
const ZEBRAS = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: zebra-web
  namespace: zebra-ns
  labels: {zebra.example/team: zebra-team}
  annotations: {zebra/note: zebra says}
spec:
  selector: {matchLabels: {app: zebra-app}}
  template:
    metadata: {labels: {app: zebra-app, zebra: "yes"}}
    spec:
      hostPID: true
      serviceAccountName: zebra-account
      volumes: [{name: zebra-volume, hostPath: {path: /var/run/zebra}}]
      containers:
        - name: zebra-container
          image: zebra.example/zebra-image:latest
          securityContext: {privileged: true, capabilities: {add: [SYS_ADMIN]}}
          env: [{name: ZEBRA_PASSWORD, value: zebra-secret}]
          volumeMounts: [{name: zebra-volume, mountPath: /zebra}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: zebra-binding}
subjects: [{kind: User, name: zebra-user, apiGroup: rbac.authorization.k8s.io}]
roleRef: {kind: ClusterRole, name: cluster-admin, apiGroup: rbac.authorization.k8s.io}
`;

describe("--hide", () => {
  const all = formats.filter(({ extension }) => extension !== null);

  test("no format has a name; counts, scores and exit code stay", async () => {
    const cwd = scratchFolder({
      "zebra-folder/zebra-file.yaml": ZEBRAS,
      "zebra-folder/broken-zebra.yaml": "kind: [zebra\n",
      "out/keep": "",
    });
    const names = all.map(({ id }) => id).join(",");
    const args = ["scan", "zebra-folder", "--severity-threshold", "high", "--view", "attack"];
    const [open, hidden] = await Promise.all([
      runHoldfast([...args, "--format", "json"], { cwd }),
      runHoldfast([...args, "--hide", "--format", `${names},pretty`, "--output", "out/r"], { cwd }),
    ]);
    expect(hidden.code).toBe(open.code);
    const written = readdirSync(path.join(cwd, "out")).filter((name) => name !== "keep");
    expect(written.length).toBe(all.length);
    for (const name of written) expect([name, /zebra/iu.test(readFileSync(path.join(cwd, "out", name), "latin1"))]).toEqual([name, false]);
    expect(hidden.stdout + hidden.stderr).not.toMatch(/zebra/iu);
    const [before, after] = [open.stdout, readFileSync(path.join(cwd, "out/r.json"), "utf8")].map(
      (text) =>
        JSON.parse(text) as { readonly summary: unknown; readonly verdicts: readonly unknown[]; readonly resources: readonly unknown[] },
    );
    expect(before?.verdicts.length).toBeGreaterThan(10);
    expect([after?.summary, after?.verdicts.length, after?.resources.length]).toEqual([
      before?.summary,
      before?.verdicts.length,
      before?.resources.length,
    ]);
  });

  test("pseudonyms are the same in every run, and with a key in every scan; report hides as well", async () => {
    const cwd = scratchFolder({ "a/zebra.yaml": ZEBRAS, "b/zebra.yaml": `${ZEBRAS}---\n${privilegedPod("other")}` });
    const namesIn = async (folder: string, env: Readonly<Record<string, string>>): Promise<readonly string[]> => {
      const { stdout } = await runHoldfast(["scan", folder, "--hide", "--format", "json"], { cwd, env });
      return (JSON.parse(stdout) as { readonly resources: readonly { readonly name: string }[] }).resources.map(({ name }) => name);
    };
    const key = { HOLDFAST_HIDE_KEY: "a key" };
    const [once, again, other, keyed, keyedOther] = await Promise.all([
      namesIn("a", {}),
      namesIn("a", {}),
      namesIn("b", {}),
      namesIn("a", key),
      namesIn("b", key),
    ]);
    expect(again).toEqual(once);
    expect(other).not.toContain(once[0]);
    expect(keyedOther).toEqual(expect.arrayContaining([...keyed]));
    await runHoldfast(["scan", "a", "--format", "json", "--output", "plain.json"], { cwd });
    const reported = await runHoldfast(["report", "plain.json", "--hide", "--format", "json"], { cwd });
    const scanned = await runHoldfast(["scan", "a", "--hide", "--format", "json", "--output", "hidden.json"], { cwd });
    expect(scanned.code).toBe(0);
    const hidden = readFileSync(path.join(cwd, "hidden.json"), "utf8");
    expect(reported.stdout).toBe(hidden);
    // What is hidden is not hidden again: a report shows what the scan showed.
    const twice = await runHoldfast(["report", "hidden.json", "--hide", "--format", "json"], { cwd, env: key });
    expect(twice.stdout).toBe(hidden);
  });

  test("report hides and encrypts by the file of settings, which says nothing else to it", async () => {
    const cwd = scratchFolder({ "a/zebra.yaml": ZEBRAS, "wrong.yaml": "hyde: true\n" });
    const { stdout: recipient } = await runHoldfast(["keygen", "key.txt"], { cwd });
    const settings = `hide: true\nrecipient: [${recipient.trim()}]\nformat: [sarif]\noutput: other.sarif\nsubmit: http://127.0.0.1:1/\n`;
    writeFileSync(path.join(cwd, "holdfast.yaml"), settings);
    const made = await runHoldfast(["scan", "a", "--no-config", "--control", "C-0057", "--format", "json", "--output", "plain.json"], {
      cwd,
    });
    expect(made.code).toBe(0);
    const [sealed, open, wrong] = await Promise.all([
      runHoldfast(["report", "plain.json", "--format", "json"], { cwd }),
      runHoldfast(["report", "plain.json", "--no-config", "--format", "json"], { cwd }),
      runHoldfast(["report", "plain.json", "--config", "wrong.yaml"], { cwd }),
    ]);
    expect([sealed.code, sealed.stderr]).toEqual([0, ""]);
    expect(sealed.stdout).toMatch(/^-----BEGIN AGE/u);
    const read = await runHoldfast(["decrypt", "-", "--identity", "key.txt"], { cwd, stdin: sealed.stdout });
    expect(read.stdout).toContain('"namesHidden": true');
    expect(read.stdout).not.toMatch(/zebra/iu);
    expect(open.stdout).toContain("zebra");
    expect(wrong).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("wrong.yaml:1: there is no option --hyde; did you mean hide") as string,
    });
    expect(readdirSync(cwd)).not.toContain("other.sarif");
  });
});

describe("--encrypt", () => {
  test("only the holder of the key reads it, and what is read is what would have been written", async () => {
    const cwd = scratchFolder(POD);
    const { stdout: recipient } = await runHoldfast(["keygen", "key.txt"], { cwd });
    expect(statSync(path.join(cwd, "key.txt")).mode & 0o777).toBe(0o600);
    expect((await runHoldfast(["keygen", "key.txt"], { cwd })).code).toBe(2);
    await runHoldfast(["keygen", "other.txt"], { cwd });
    const scan = ["scan", "in", "--format", "json,sarif", "--output"];
    await Promise.all([
      runHoldfast([...scan, "plain"], { cwd }),
      runHoldfast([...scan, "sealed", "--recipient", recipient.trim()], { cwd }),
    ]);
    // Long words: three letters may well stand in what looks like chance.
    expect(readFileSync(path.join(cwd, "sealed.sarif.age"), "latin1")).not.toMatch(/C-0057|securityContext/u);
    const decrypted = await runHoldfast(["decrypt", "sealed.json.age", "--identity", "key.txt"], { cwd });
    expect(decrypted.stdout).toBe(readFileSync(path.join(cwd, "plain.json"), "utf8"));
    await runHoldfast(["decrypt", "sealed.sarif.age", "--identity", "key.txt", "--output", "open.sarif"], { cwd });
    expect(readFileSync(path.join(cwd, "open.sarif"), "utf8")).toBe(readFileSync(path.join(cwd, "plain.sarif"), "utf8"));
    const [wrong, none] = await Promise.all([
      runHoldfast(["decrypt", "sealed.json.age", "--identity", "other.txt", "--output", "no.json"], { cwd }),
      runHoldfast(["decrypt", "sealed.json.age"], { cwd }),
    ]);
    expect([wrong.code, none.code]).toEqual([2, 2]);
    expect(readdirSync(cwd)).not.toContain("no.json");
  });

  test("a passphrase does as well, on standard output as text; a changed text is noticed", async () => {
    const cwd = scratchFolder(POD);
    const env = { HOLDFAST_ENCRYPTION_KEY: "correct horse" };
    const { stdout: sealed } = await runHoldfast(["scan", "in", "--control", "C-0057", "--encrypt"], { cwd, env });
    expect(sealed).toMatch(/^-----BEGIN AGE ENCRYPTED FILE-----\n/u);
    const read = await runHoldfast(["decrypt", "-"], { cwd, env, stdin: sealed });
    expect(read.stdout).toContain("C-0057");
    const at = sealed.length - 100;
    const changed = `${sealed.slice(0, at)}${sealed[at] === "A" ? "B" : "A"}${sealed.slice(at + 1)}`;
    const [other, broken, without] = await Promise.all([
      runHoldfast(["decrypt", "-"], { cwd, env: { HOLDFAST_ENCRYPTION_KEY: "wrong" }, stdin: sealed }),
      runHoldfast(["decrypt", "-"], { cwd, env, stdin: changed }),
      runHoldfast(["scan", "in", "--encrypt"], { cwd }),
    ]);
    for (const { code, stdout } of [other, broken, without]) expect([code, stdout]).toEqual([2, ""]);
    expect(without.stderr).toContain("HOLDFAST_ENCRYPTION_KEY");
  }, 240_000);

  test("the program age reads it too", async (context) => {
    const age = needs(context, "age");
    const cwd = scratchFolder(POD);
    const { stdout: recipient } = await runHoldfast(["keygen", "key.txt"], { cwd });
    await runHoldfast(["scan", "in", "--format", "json", "--output", "r.age", "--recipient", recipient.trim()], { cwd });
    const { stdout, code } = await runCommand([age, "--decrypt", "--identity", "key.txt", "r.age"], { cwd });
    expect(code).toBe(0);
    expect(stdout).toContain('"schema": "holdfast.result/v1"');
  });
});

interface Received {
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

/** A server on loopback that answers with these codes, one after the other, the last again and again. */
async function serving(codes: readonly number[], use: (url: string, received: readonly Received[]) => Promise<void>): Promise<void> {
  const received: Received[] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    received.push({ headers: request.headers, body: gunzipSync(await buffer(request)).toString() });
    const code = codes[Math.min(received.length, codes.length) - 1] ?? 200;
    response.writeHead(code, { "retry-after": "0", location: "http://127.0.0.1:1/" }).end();
  };
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  try {
    await use(`http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}/results`, received);
  } finally {
    server.close();
  }
}

test("a kind of a user's own API, its subjects and the way to the folder are names too", async (context) => {
  const git = needs(context, "git");
  const cwd = scratchFolder({
    "clients/zebra/in/a.yaml": `${ZEBRAS}---\napiVersion: ledger.zebra.io/v1\nkind: ZebraLedger\nmetadata: {name: x}\n---\n${ZEBRAS.split("---\n")[1]?.replace("zebra-user", "Zebra").replace("zebra-binding", "other") ?? ""}`,
  });
  await runCommand([git, "init", "-q"], { cwd });
  const inner = path.join(cwd, "clients/zebra");
  await runHoldfast(
    [
      "scan",
      "in",
      "--hide",
      "--format",
      formats
        .filter(({ extension }) => extension !== null)
        .map(({ id }) => id)
        .join(","),
      "--output",
      "r",
    ],
    { cwd: inner },
  );
  for (const name of readdirSync(inner).filter((one) => one.startsWith("r.")))
    expect([name, /zebra/iu.test(readFileSync(path.join(inner, name), "latin1"))]).toEqual([name, false]);
});

test("the report on gates is encrypted as outputs are, and goes to no file that another goes to", async () => {
  const cwd = scratchFolder(POD);
  const env = { HOLDFAST_ENCRYPTION_KEY: "correct horse" };
  const gated = ["scan", "in", "--control", "C-0057", "--severity-threshold", "high"];
  const sealed = await runHoldfast([...gated, "--encrypt", "--output", "r.age", "--gate-report", "g.age"], { cwd, env });
  expect(sealed.code).toBe(1);
  expect(readFileSync(path.join(cwd, "g.age"), "latin1")).toMatch(/^age-encryption\.org/u);
  const both = await runHoldfast([...gated, "--format", "json", "--output", "r.json", "--gate-report", "r.json"], { cwd });
  expect([both.code, both.stderr]).toEqual([2, expect.stringContaining("two outputs would go to this file")]);
});

describe("--submit", () => {
  const cwd = scratchFolder(POD);
  const env = { HOLDFAST_SUBMIT_TOKEN: "token-1" };

  test("the result arrives whole with the token, and the exit code stays", async () => {
    await serving([202], async (url, received) => {
      const { code, stderr } = await runHoldfast(["scan", "in", "--format", "json", "--output", "r.json", "--submit", url], { cwd, env });
      expect([code, stderr]).toEqual([0, ""]);
      expect(received.length).toBe(1);
      expect(received[0]?.headers).toMatchObject({ authorization: "Bearer token-1", "content-type": "application/json" });
      expect(received[0]?.body).toBe(readFileSync(path.join(cwd, "r.json"), "utf8"));
    });
  });

  test("a busy server is asked again, as the same submission", async () => {
    await serving([503, 429, 200], async (url, received) => {
      const { code } = await runHoldfast(["scan", "in", "--quiet", "--submit", url], { cwd, env });
      expect([code, received.length]).toEqual([0, 3]);
      expect(new Set(received.map(({ headers }) => headers["idempotency-key"])).size).toBe(1);
    });
  });

  test.each([
    [[403], 1],
    [[302], 1],
    [[500], 4],
  ])("%j: %d tries, exit code 4, and the other outputs are written", async (codes, tries) => {
    await serving(codes, async (url, received) => {
      const output = `r-${codes.join()}.json`;
      const { code, stderr } = await runHoldfast(["scan", "in", "--format", "json", "--output", output, "--submit", url], { cwd, env });
      expect([code, received.length]).toEqual([4, tries]);
      expect(stderr).toContain("result-not-sent");
      expect(stderr).not.toContain("token-1");
      expect(readFileSync(path.join(cwd, output), "utf8")).toContain("holdfast.result/v1");
    });
  });

  test("names are hidden and the body is encrypted where that was asked for", async () => {
    const { stdout: recipient } = await runHoldfast(["keygen", `key-${process.pid}.txt`], { cwd });
    await serving([200], async (url, received) => {
      await runHoldfast(["scan", "in", "--quiet", "--hide", "--submit", url], { cwd });
      await runHoldfast(["scan", "in", "--quiet", "--recipient", recipient.trim(), "--submit", url], { cwd });
      expect(received[0]?.body).not.toContain('"pod"');
      expect(received[0]?.body).toContain("holdfast.result/v1");
      expect(received[1]?.body).toMatch(/^age-encryption\.org/u);
    });
  });

  test.each([["ftp://x/y"], ["not an address"], ["https://user:secret@example.invalid/"]])(
    "%s is refused before anything is scanned",
    async (url) => {
      const { code, stdout, stderr } = await runHoldfast(["scan", "in", "--submit", url], { cwd });
      expect([code, stdout]).toEqual([2, ""]);
      expect(stderr).toContain("--submit");
      expect(stderr).not.toContain("secret");
    },
  );

  test("--keep-local sends nothing", async () => {
    await serving([200], async (url, received) => {
      const { code } = await runHoldfast(["scan", "in", "--quiet", "--keep-local", "--submit", url], { cwd });
      expect([code, received.length]).toEqual([0, 0]);
    });
  });

  test("a token does not leave the machine without TLS", async () => {
    const { code, stderr } = await runHoldfast(["scan", "in", "--quiet", "--submit", "http://192.0.2.1/x"], { cwd, env });
    expect(code).toBe(4);
    expect(stderr).toContain("use https");
  });
});
