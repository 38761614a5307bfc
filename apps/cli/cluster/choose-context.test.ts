import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { chooseContext } from "./choose-context.ts";

const folder = mkdtempSync(path.join(realpathSync(tmpdir()), "holdfast-context-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The proxy that the client library is told of. */
function proxyFor(cluster: object, variables: Readonly<Record<string, string>>): string | undefined {
  const kubeconfig = path.join(folder, "config");
  const config = {
    "current-context": "x",
    contexts: [{ name: "x", context: { cluster: "c" } }],
    clusters: [{ name: "c", cluster: { server: "https://api.example:6443", ...cluster } }],
  };
  writeFileSync(kubeconfig, JSON.stringify(config));
  const { client } = chooseContext({ kubeconfig, context: undefined }, { kubeconfigs: [], variables });
  return client.getCurrentCluster()?.proxyUrl ?? undefined;
}

test("the proxy of the kubeconfig counts more than the environment's, which counts where it names none", () => {
  const variables = { HTTPS_PROXY: "http://proxy.example:3128", NO_PROXY: "" };
  expect(proxyFor({}, {})).toBeUndefined();
  expect(proxyFor({}, variables)).toBe("http://proxy.example:3128");
  expect(proxyFor({ "proxy-url": "" }, variables)).toBe("http://proxy.example:3128");
  expect(proxyFor({ "proxy-url": "socks5://own:1080" }, variables)).toBe("socks5://own:1080");
  expect(proxyFor({}, { ...variables, NO_PROXY: ".example" })).toBeUndefined();
});
