import type { Chance } from "./chance.ts";
import type { Manifest } from "./manifest.ts";

/** Services, policies and the ingress of a shop: 7 objects. */
export function shopNetwork(namespace: string, chance: Chance): readonly Manifest[] {
  const service = (name: string, port: number): Manifest => ({
    apiVersion: "v1",
    kind: "Service",
    metadata: { name, namespace, labels: { "app.kubernetes.io/part-of": "shop" } },
    spec: { selector: { app: name }, ports: [{ name: "http", port: 80, targetPort: port, protocol: "TCP" }] },
  });
  return [
    service("web", 8080),
    service("api", 8081),
    service("search", 9200),
    service("database", 5432),
    ...(chance.happens(0.85) ? policies(namespace, chance) : budgets(namespace)),
    {
      apiVersion: "networking.k8s.io/v1",
      kind: "Ingress",
      metadata: {
        name: "front",
        namespace,
        annotations: chance.happens(0.2) ? { "nginx.ingress.kubernetes.io/configuration-snippet": "more_set_headers 'X-Shop: yes';" } : {},
      },
      spec: {
        ingressClassName: "nginx",
        rules: [
          {
            host: `${namespace}.example.com`,
            http: { paths: [{ path: "/", pathType: "Prefix", backend: { service: { name: "web", port: { name: "http" } } } }] },
          },
        ],
      },
    },
  ];
}

/** Some shops only isolate one direction, and some only part of their pods. */
function policies(namespace: string, chance: Chance): readonly Manifest[] {
  return [
    {
      apiVersion: "networking.k8s.io/v1",
      kind: "NetworkPolicy",
      metadata: { name: "default-deny", namespace },
      spec: {
        podSelector: chance.happens(0.6) ? {} : { matchLabels: { tier: "data" } },
        policyTypes: chance.happens(0.7) ? ["Ingress", "Egress"] : ["Ingress"],
      },
    },
    {
      apiVersion: "networking.k8s.io/v1",
      kind: "NetworkPolicy",
      metadata: { name: "web-to-api", namespace },
      spec: {
        podSelector: { matchLabels: { app: "api" } },
        policyTypes: ["Ingress"],
        ingress: [{ from: [{ podSelector: { matchLabels: { app: "web" } } }], ports: [{ port: 8081, protocol: "TCP" }] }],
      },
    },
  ];
}

/** What a shop without network policies has instead, so that all shops are of one size. */
function budgets(namespace: string): readonly Manifest[] {
  return ["web", "api"].map((app) => ({
    apiVersion: "policy/v1",
    kind: "PodDisruptionBudget",
    metadata: { name: app, namespace },
    spec: { minAvailable: 1, selector: { matchLabels: { app } } },
  }));
}
