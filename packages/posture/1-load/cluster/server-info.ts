import type { KubernetesObject } from "@holdfast/core";
import type { ServedKind } from "./cluster-access.ts";

/** The form in which rules are given the API server's version. */
export const SERVER_INFO: ServedKind = {
  group: "apiserverinfo.kubescape.cloud",
  version: "v1beta0",
  kind: "APIServerInfo",
  resource: "version",
  namespaced: false,
};

/** What the API server says of its version (`/version`), as an object. */
export function serverInfo(version: KubernetesObject): KubernetesObject {
  return {
    apiVersion: `${SERVER_INFO.group}/${SERVER_INFO.version}`,
    kind: SERVER_INFO.kind,
    metadata: { name: "version" },
    data: version,
  };
}
