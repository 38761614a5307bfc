import { makeChance } from "./chance.ts";
import type { Manifest } from "./manifest.ts";
import { shopAccess } from "./shop-access.ts";
import { shopNetwork } from "./shop-network.ts";
import { shopWorkloads } from "./shop-workloads.ts";

/** The objects of one shop, by the file that they belong in. */
export type ShopFiles = Readonly<Record<string, readonly Manifest[]>>;

/** How many objects one shop has. */
export const SHOP_SIZE = 35;

/**
 * One namespace with a small web shop: 35 objects, the same for the same number. About a third of its workloads are as they should be, the others
 * have faults of the kinds that people make: no limits, root, a mounted host path, a password in a variable, a role that allows everything.
 */
export function shop(number: number): ShopFiles {
  const namespace = `shop-${String(number).padStart(4, "0")}`;
  const chance = makeChance(number);
  const settings: Manifest = {
    apiVersion: "v1",
    kind: "Namespace",
    metadata: {
      name: namespace,
      labels: { team: `team-${number % 12}`, "pod-security.kubernetes.io/enforce": number % 3 === 0 ? "baseline" : "privileged" },
    },
  };
  return {
    "namespace.yaml": [settings],
    "access.yaml": shopAccess(namespace, chance),
    "workloads.yaml": shopWorkloads(namespace, chance),
    "network.yaml": shopNetwork(namespace, chance),
    "configuration.yaml": shopConfiguration(namespace, number),
  };
}

function shopConfiguration(namespace: string, number: number): readonly Manifest[] {
  const metadata = (name: string): Manifest => ({ name, namespace, labels: { "app.kubernetes.io/part-of": "shop" } });
  return [
    {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: metadata("settings"),
      data: { CURRENCY: number % 2 === 0 ? "EUR" : "DKK", LOG_LEVEL: "info", "pool.ini": "[pool]\nsize = 12\nidle = 30s\n" },
    },
    {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: metadata("features"),
      data: { "features.json": JSON.stringify({ checkout: { express: number % 5 === 0 }, search: { suggestions: true } }, null, 2) },
    },
    {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: metadata("mailer"),
      data: { SMTP_HOST: "mail.example.com", ...(number % 4 === 0 ? { SMTP_PASSWORD: `sample-${number}-not-a-secret` } : {}) },
    },
    { apiVersion: "v1", kind: "Secret", metadata: metadata("database"), type: "Opaque", data: { password: btoa(`sample-${number}`) } },
    { apiVersion: "v1", kind: "Secret", metadata: metadata("payment"), type: "Opaque", stringData: { token: `sample-token-${number}` } },
  ];
}
