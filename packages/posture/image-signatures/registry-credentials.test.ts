import { expect, test } from "vitest";
import { readDockerConfig } from "./registry-credentials.ts";

const basic = (user: string): string => Buffer.from(user).toString("base64");
const login = (config: object, registry: string, repository = "org/app"): unknown =>
  readDockerConfig(JSON.stringify(config))?.(registry, repository);

test("logins are found by registry, Docker Hub's by its old address", () => {
  const config = { auths: { "https://index.docker.io/v1/": { auth: basic("jo:a") }, "ghcr.io": { auth: basic("mo:b:c") } } };
  expect(login(config, "registry-1.docker.io")).toEqual({ username: "jo", password: "a" });
  expect(login(config, "ghcr.io")).toEqual({ username: "mo", password: "b:c" });
  expect(login(config, "ghcr.io.example")).toBeNull();
  expect(login(config, "quay.io")).toBeNull();
});

test("the longest place that a repository begins with counts, as Podman writes them", () => {
  const config = { auths: { "quay.io": { auth: basic("all:1") }, "quay.io/org": { auth: basic("org:2") } } };
  expect(login(config, "quay.io", "org/app")).toEqual({ username: "org", password: "2" });
  expect(login(config, "quay.io", "organic/app")).toEqual({ username: "all", password: "1" });
});

test("identity tokens, names with passwords, and helpers", () => {
  expect(login({ auths: { "a.example": { auth: basic("x:"), identitytoken: "t" } } }, "a.example")).toEqual({ identityToken: "t" });
  expect(login({ auths: { "a.example": { username: "jo", password: "p" } } }, "a.example")).toEqual({ username: "jo", password: "p" });
  expect(login({ auths: { "https://a.example/v2/": {} }, credsStore: "desktop" }, "a.example")).toEqual({ helper: "desktop" });
  expect(login({ credHelpers: { "a.example": "ecr-login" } }, "a.example")).toEqual({ helper: "ecr-login" });
});

test.each([
  { auths: { "a.example": { auth: "no colon" } } },
  { auths: { "a.example": null } },
  { auths: [] },
  { auths: 5, credHelpers: "x" },
  {},
])("no login: %j", (config) => {
  expect(login(config, "a.example")).toBeNull();
});

test.each(["", "no JSON", "[]", "null", "5"])("no configuration: %j", (text) => {
  expect(readDockerConfig(text)).toBeNull();
});
