import { formatObjectPath } from "@holdfast/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { isSecretSetting, isShortWord, SECRET_VALUE, secretPaths } from "./secret-values.ts";

test.each<[string, string, boolean]>([
  ["DB_PASSWORD", "changeme", true],
  ["password", "x", true],
  ["API_KEY", "x", true],
  ["apiKey", "x", true],
  ["AWS_SECRET_ACCESS_KEY", "x", true],
  ["GITHUB_TOKEN", "x", true],
  ["DB_PASS", "x", true],
  ["SENTRY_DSN", "x", true],
  ["DB_PASSWORD", "", false],
  ["SECRET_NAME", "my-secret", true],
  ["AWS_ACCESS_KEY_ID", "x", true],
  ["STRIPE_KEY", "x", true],
  ["DBPASS", "x", true],
  ["MYSQL_PWD", "x", true],
  ["JWT", "x", true],
  ["AUTH", "Basic dXNlcjpwdw==", true],
  ["HEADER", "Authorization: abc", true],
  ["TLS", "LS0tLS1CRUdJTiBSU0EgUFJJVkFURSBLRVkt", true],
  ["CACHE", "redis://:pw@cache", true],
  ["DATABASE_URL", "postgres://user:p/w@db/x", true],
  ["PUBLIC_KEY", "x", false],
  ["DB_PASSWORD", "$(FROM_ELSEWHERE)", false],
  ["DB_PASSWORD", "ENC[AES256_GCM,data:x]", false],
  ["TOKEN_FILE", "/run/token", false],
  ["PASSWORD_MIN_LENGTH_ENABLED", "true", false],
  ["LOG_LEVEL", "info", false],
  ["COMPASS", "north", false],
  ["DATABASE_URL", "postgres://user:pw@db/x", true],
  ["DATABASE_URL", "postgres://db/x", false],
  ["X", "-----BEGIN RSA PRIVATE KEY-----", true],
  ["X", "AKIAABCDEFGHIJKLMNOP", true],
  ["DB", "Server=db;User Id=sa;Password=hunter2;", true],
  ["NOTIFY", "https://hooks.slack.com/services/T0/B0/abc", true],
  ["CONFIG", "user: app\npassword: hunter2\n", true],
  ["CONFIG", "user: app\npassword: ${DB_PASSWORD}\n", false],
])("%s=%s: %s", (name, value, expected) => {
  expect(isSecretSetting(name, value)).toBe(expected);
});

test("no short word is a credential by its form", () => {
  const words =
    "PRIVATE KEY|LS0tLS1CRUdJTi|AKIA|ghp_|github_pat_|glpat-|xoxb-|eyJ|AIza|://|hooks.slack.com|authorization|bearer|basic|curl|-u|--|password|pwd|token|secret|apikey";
  const pieces = [...words.split("|"), ..."@/\"'=: \t\n\u00A0\u2028A1_-.\u017F\u212A".split("")];
  const text = fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map((some) => some.join("").slice(0, 13));
  fc.assert(
    fc.property(text, (value) => {
      if (SECRET_VALUE.test(value)) expect(isShortWord(value)).toBe(false);
    }),
    { numRuns: 5000 },
  );
  expect(["Deployment", "TCP", "web", ""].every(isShortWord)).toBe(true);
});

function paths(object: Record<string, unknown>): string[] {
  return secretPaths(object).map(formatObjectPath);
}

test("the data of a Secret, credentials in the environment, in a ConfigMap and in arguments", () => {
  expect(paths({ kind: "Secret", data: { a: "eA==" }, stringData: { b: "x" }, type: "Opaque" })).toEqual(["data.a", "stringData.b"]);
  expect(paths({ kind: "Secret", data: "eA==", stringData: ["x"] })).toEqual(["data", "stringData"]);
  expect(paths({ kind: "ConfigMap", data: { "db.password": "x", mode: "y" } })).toEqual(['data["db.password"]']);
  const applied = { "kubectl.kubernetes.io/last-applied-configuration": "{}" };
  expect(paths({ kind: "Pod", metadata: { annotations: applied } })).toEqual([
    'metadata.annotations["kubectl.kubernetes.io/last-applied-configuration"]',
  ]);
  const container = {
    name: "password",
    image: "x",
    args: ["--level=1", "--admin-password=hunter2", "--token", "hunter2"],
    env: [
      { name: "TOKEN", value: "t" },
      { name: "LEVEL", value: "1" },
      { name: "PIN_TOKEN", value: 1234 },
      { name: "PASSWORD", valueFrom: { secretKeyRef: { name: "s", key: "password" } } },
    ],
  };
  expect(paths({ kind: "Pod", spec: { containers: [container] } })).toEqual([
    "spec.containers[0].args[1]",
    "spec.containers[0].args[3]",
    "spec.containers[0].env[0].value",
    "spec.containers[0].env[2].value",
  ]);
});
