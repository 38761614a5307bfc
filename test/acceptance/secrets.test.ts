// Secrets never reach an output: not a format, not a diff, not an edit, not a message.
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { runHoldfast, type Run } from "./run-holdfast.ts";
import { scratchFolder } from "./scratch-folder.ts";

/** Every text that no output may show, by where it stands. They are made up. */
const SECRETS = {
  "environment, by its name": "hunter2-correct-horse",
  "environment, quoted": "it's-a-\\\"quoted-one",
  "environment, in a block": "block-secret-line-one",
  "environment, second line of a block": "block-secret-line-two",
  "environment, by its looks": "AKIAZQ3DJ6EXAMPLE7Q2",
  "environment, a token by its looks": "ghp_aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY3zA5",
  "environment of an init container": "init-secret-4711",
  "environment, in flow style": "flow-secret-4712",
  "a URL with a password": "url-secret-4713",
  "a connection string with a password": "connection-secret-4724",
  "the address of a webhook": "B0123ABCD/aXbYcZ0123456789webhook472",
  "a Secret in a kind of list": "kindless-secret-4725",
  "a Secret whose kind comes last": "late-secret-4726",
  "a Secret's password that reads as an alias": "alias-secret-4727",
  "data of a Secret": Buffer.from("encoded-secret-4714").toString("base64"),
  "stringData of a Secret": "string-secret-4715",
  "stringData of a Secret, in a block": "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcw",
  "data of a Secret in a list": Buffer.from("listed-secret-4716").toString("base64"),
  "a Secret in JSON": "json-secret-4717",
  "a Secret with a duplicate key": "twice-secret-4718",
  "a Secret that can't be parsed": "broken-secret-4719",
  "a Secret right above a finding": "above-secret-4720",
  "a Secret right below a finding": "below-secret-4721",
  "an anchored value": "anchor-secret-4722",
  "the copy that kubectl apply leaves": "applied-secret-4723",
} as const;

const files = {
  "web.yaml": `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  initContainers:
    - name: init
      image: init:1
      env:
        - name: API_TOKEN
          value: ${SECRETS["environment of an init container"]}
      securityContext:
        privileged: true
  containers:
    - name: web
      image: web:1
      env:
        - name: DB_PASSWORD
          value: ${SECRETS["environment, by its name"]}
      securityContext:
        privileged: true
    - name: quoted
      image: web:1
      env:
        - name: SECRET_KEY
          value: "it's-a-\\"quoted-one"
      securityContext: {privileged: true}
    - name: block
      image: web:1
      env:
        - name: SIGNING_PASSPHRASE_PASSWORD
          value: |
            ${SECRETS["environment, in a block"]}
            ${SECRETS["environment, second line of a block"]}
      securityContext: {privileged: true}
    - name: looks
      image: web:1
      env:
        - {name: ONE, value: ${SECRETS["environment, by its looks"]}}
        - {name: TWO, value: ${SECRETS["environment, a token by its looks"]}}
      securityContext: {privileged: true}
    - name: url
      image: web:1
      env:
        - name: DATABASE_URL
          value: postgres://shop:${SECRETS["a URL with a password"]}@db.example.com/shop
      securityContext: {privileged: true}
    - name: connection
      image: web:1
      env: [{name: CONNECTION, value: "Server=db;User Id=sa;Password=${SECRETS["a connection string with a password"]};"}]
      securityContext: {privileged: true}
    - name: webhook
      image: web:1
      env: [{name: SLACK_WEBHOOK, value: "https://hooks.slack.com/services/T0123ABCD/${SECRETS["the address of a webhook"]}"}]
      securityContext: {privileged: true}
    - {name: flow, image: "web:1", env: [{name: MY_SECRET, value: ${SECRETS["environment, in flow style"]}}], securityContext: {privileged: true}}
    - name: anchor
      image: web:1
      env:
        - name: THE_PASSWORD
          value: &shared ${SECRETS["an anchored value"]}
        - name: HARMLESS
          value: *shared
      securityContext: {privileged: true}
`,
  "secret.yaml": `apiVersion: v1
kind: Secret
metadata:
  name: one
data:
  password: ${SECRETS["data of a Secret"]}
stringData:
  plain: ${SECRETS["stringData of a Secret"]}
  key.pem: |
    -----BEGIN PRIVATE KEY-----
    ${SECRETS["stringData of a Secret, in a block"]}
    -----END PRIVATE KEY-----
---
apiVersion: v1
kind: List
items:
  - apiVersion: v1
    kind: Secret
    metadata: {name: listed}
    data: {password: ${SECRETS["data of a Secret in a list"]}}
---
{apiVersion: v1, kind: Secret, metadata: {name: above}, stringData: {password: ${SECRETS["a Secret right above a finding"]}}}
---
{apiVersion: v1, kind: Pod, metadata: {name: between}, spec: {hostNetwork: true, containers: [{name: a, securityContext: {privileged: true}}]}}
---
{apiVersion: v1, kind: Secret, metadata: {name: below}, stringData: {password: ${SECRETS["a Secret right below a finding"]}}}
---
apiVersion: v1
kind: Secret
metadata:
  name: applied
  annotations:
    kubectl.kubernetes.io/last-applied-configuration: |
      {"apiVersion":"v1","kind":"Secret","metadata":{"name":"applied"},"stringData":{"password":"${SECRETS["the copy that kubectl apply leaves"]}"}}
---
apiVersion: v1
kind: SecretList
items: [{metadata: {name: kindless}, stringData: {password: ${SECRETS["a Secret in a kind of list"]}}}]
---
{apiVersion: v1, kind: Pod, metadata: {name: between2}, spec: {hostNetwork: true, containers: [{name: a, securityContext: {privileged: true}}]}}
---
stringData: {password: ${SECRETS["a Secret whose kind comes last"]}}
metadata: {name: late}
apiVersion: v1
kind: "Secret"
---
apiVersion: v1
kind: Secret
metadata: {name: starred}
stringData:
  password: *${SECRETS["a Secret's password that reads as an alias"]}
---
apiVersion: v1
kind: Secret
metadata: {name: twice}
stringData:
  password: ${SECRETS["a Secret with a duplicate key"]}
  password: ${SECRETS["a Secret with a duplicate key"]}
---
apiVersion: v1
kind: Secret
metadata: {name: broken}
stringData:
  password: ${SECRETS["a Secret that can't be parsed"]} ]: "
   other: [
`,
  "secret.json": `{"apiVersion":"v1","kind":"Secret","metadata":{"name":"json"},"stringData":{"password":"${SECRETS["a Secret in JSON"]}"}}`,
};

/** Every text that a run of the program left behind, by where. */
const outputs = new Map<string, string>();
let pretty: Run;

beforeAll(async () => {
  const cwd = scratchFolder(files);
  const list = await runHoldfast(["list", "formats", "--format", "json"]);
  const formats = (JSON.parse(list.stdout) as readonly { id: string }[]).map(({ id }) => id);
  const all = ["--format", formats.join(",")];
  const [scanned, verbose, gated] = await Promise.all([
    runHoldfast(["scan", ".", ...all, "--output", "out"], { cwd }),
    runHoldfast(["scan", ".", "--verbose"], { cwd, env: { FORCE_COLOR: "1" } }),
    runHoldfast(["scan", ".", "--quiet", "--severity-threshold", "low", "--coverage-threshold", "100"], { cwd }),
  ]);
  pretty = verbose;
  const reported = await runHoldfast(["report", "out.json", ...all, "--output", "again"], { cwd });
  for (const [name, run] of Object.entries({ scanned, verbose, gated, reported })) {
    outputs.set(`${name}: standard output`, run.stdout);
    outputs.set(`${name}: standard error`, run.stderr);
  }
  for (const name of readdirSync(cwd)) if (!(name in files)) outputs.set(name, readFileSync(path.join(cwd, name), "utf8"));
});

/** A secret as it may be written: as it is, within JSON, and within JSON that stands in JSON. */
function spellings(secret: string): readonly string[] {
  const once = JSON.stringify(secret).slice(1, -1);
  return [secret, once, JSON.stringify(once).slice(1, -1)];
}

test("there are outputs to look at, and findings beside the secrets in them", () => {
  expect([...outputs.keys()]).toEqual(expect.arrayContaining(["out.json", "out.sarif", "again.json", "again.sarif"]));
  expect(pretty.stdout).toContain("C-0057");
  expect(pretty.stdout).toContain("DB_PASSWORD");
  expect(outputs.get("out.json")).toContain("•••");
  expect(outputs.get("out.sarif")).toContain("•••");
});

describe.each(Object.entries(SECRETS))("%s", (_where, secret) => {
  test("reaches no output", () => {
    const seen = [...outputs].filter(([, text]) => spellings(secret).some((one) => text.includes(one))).map(([name]) => name);
    expect(seen).toEqual([]);
  });
});

test("the decoded values of a Secret's data reach none either", () => {
  for (const [name, text] of outputs) expect(text, name).not.toMatch(/(?:encoded|listed)-secret-47/u);
});

test("what is no secret is shown as it is", () => {
  expect(outputs.get("out.json")).toContain("privileged: true");
  expect(outputs.get("out.json")).toContain("web:1");
});
