import { expect, test } from "vitest";
import { environmentProxy } from "./environment-proxy.ts";

const PROXY = "http://proxy.example:3128";

test.each<[string, string, Readonly<Record<string, string>>, string | null]>([
  ["none", "https://api.example:6443", {}, null],
  ["an empty one", "https://api.example:6443", { HTTPS_PROXY: "" }, null],
  ["one", "https://api.example:6443", { HTTPS_PROXY: PROXY }, PROXY],
  ["small letters count more", "https://api.example", { HTTPS_PROXY: "http://other", https_proxy: PROXY }, PROXY],
  ["the one for servers with TLS is not for those without", "http://api.example:8080", { HTTPS_PROXY: PROXY }, null],
  ["one for servers without TLS", "http://api.example:8080", { HTTP_PROXY: "proxy.example:3128" }, PROXY],
  ["never for this machine", "https://127.0.0.1:6443", { HTTPS_PROXY: PROXY }, null],
  ["what is no address", "nothing", { HTTPS_PROXY: PROXY }, null],
])("%s", (_, server, variables, expected) => {
  expect(environmentProxy(server, variables)).toBe(expected);
});

test.each<[string, string, boolean]>([
  ["*", "https://api.example:6443", true],
  ["api.example", "https://api.example:6443", true],
  ["API.Example", "https://api.example:6443", true],
  ["example", "https://api.example:6443", true],
  ["xample", "https://api.example:6443", false],
  [".example", "https://api.example:6443", true],
  ["*.example", "https://api.example:6443", true],
  [".api.example", "https://api.example:6443", false],
  ["api.example:6443", "https://api.example:6443", true],
  ["api.example:443", "https://api.example:6443", false],
  ["api.example:443", "https://api.example", true],
  ["other, 10.0.0.0/8", "https://10.96.0.1:443", true],
  ["10.0.0.0/16", "https://10.96.0.1:443", false],
  ["10.96.0.1", "https://10.96.0.1:443", true],
  ["96.0.1", "https://10.96.0.1:443", false],
  ["fd00::/8", "https://[fd00::1]:6443", true],
  ["fd00::1", "https://[fd00::1]:6443", true],
  ["[fd00::1]:6443", "https://[fd00::1]:6443", true],
  ["10.0.0.0/99,10.0.0/8,/,", "https://10.96.0.1:443", false],
])("NO_PROXY=%s leaves out %s: %s", (exceptions, server, isLeftOut) => {
  expect(environmentProxy(server, { HTTPS_PROXY: PROXY, NO_PROXY: exceptions })).toBe(isLeftOut ? null : PROXY);
});
