import type { ExceptionDocument } from "../document.ts";
import type { Exception } from "../exception.ts";
import type { KnownPolicies } from "../known-policies.ts";
import { readExceptions } from "../read-exceptions.ts";

/** Controls and frameworks for tests. */
export const SAMPLE_POLICIES: KnownPolicies = {
  controls: ["C-0001", "C-0002", "C-0057"].map((id) => ({ id, name: `control ${id}`, rules: [`rule-${id}`] })),
  frameworks: [
    { id: "nsa", name: "NSA" },
    { id: "mitre", name: "MITRE" },
  ],
};

/** A document for tests. Each key of its root stands on a line of its own, counted from 1, and so does each element of a list. */
export function sampleDocument(value: unknown, file: string | null = "exceptions.yaml"): ExceptionDocument {
  const keys = typeof value === "object" && value !== null ? Object.keys(value) : [];
  return { value, file, placeOf: ([first]) => ({ line: Math.max(0, keys.indexOf(String(first))) + 1, column: 1 }), duplicateKeys: [] };
}

/** The exceptions of a document; throws where there are faults. */
export function sampleExceptions(...values: readonly unknown[]): readonly Exception[] {
  const { exceptions, faults } = readExceptions(
    values.map((value) => sampleDocument(value)),
    SAMPLE_POLICIES,
  );
  if (faults.length > 0) throw new Error(faults.map(({ message }) => message).join("; "));
  return exceptions.map(({ exception }) => exception);
}

/** What is wrong with a document. */
export function faultsOf(...values: readonly unknown[]): readonly string[] {
  return readExceptions(
    values.map((value) => sampleDocument(value)),
    SAMPLE_POLICIES,
  ).faults.map(({ exception, message }) => `${exception ?? ""}: ${message}`);
}

type Fields = Readonly<Record<string, unknown>>;

/** A ClusterSecurityException on C-0001, or what `spec` says instead. */
export function clusterException(spec: Fields = {}, metadata: Fields = {}): Fields {
  return {
    apiVersion: "kubescape.io/v1beta1",
    kind: "ClusterSecurityException",
    metadata: { name: "one", ...metadata },
    spec: { reason: "for a test", posture: [{ controlID: "C-0001", action: "ignore" }], ...spec },
  };
}

/** A SecurityException in the namespace `shop`. */
export function namespacedException(spec: Fields = {}, metadata: Fields = {}): Fields {
  return { ...clusterException(spec, { namespace: "shop", ...metadata }), kind: "SecurityException" };
}

/** A policy on C-0001 and Deployments. */
export function samplePolicy(more: Fields = {}): Fields {
  return {
    name: "one",
    policyType: "postureExceptionPolicy",
    actions: ["alertOnly"],
    resources: [{ designatorType: "Attributes", attributes: { kind: "Deployment" } }],
    posturePolicies: [{ controlID: "C-0001" }],
    reason: "for a test",
    ...more,
  };
}
