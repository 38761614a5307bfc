// Manifests that the tests of several capabilities scan.

/** A pod that asks for privileges, as one document. Its offending value stands in the last line. */
export function privilegedPod(name: string): string {
  return `apiVersion: v1
kind: Pod
metadata:
  name: ${name}
spec:
  containers:
    - name: main
      image: registry.example.com/main:1.0
      securityContext:
        privileged: true
`;
}

/** A document without anything for any control to judge, of a kind that no control knows. */
export const UNKNOWN_KIND: string = `apiVersion: example.com/v1
kind: Gadget
metadata:
  name: gadget
spec: {size: 3}
`;

/** A small application to which no control that files can answer objects. */
export const SOUND_APPLICATION: string = `apiVersion: v1
kind: ServiceAccount
metadata:
  name: web
  namespace: calm
automountServiceAccountToken: false
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: calm
spec:
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      serviceAccountName: web
      automountServiceAccountToken: false
      securityContext:
        runAsNonRoot: true
        runAsUser: 10001
        runAsGroup: 10001
        seccompProfile: {type: RuntimeDefault}
      containers:
        - name: web
          image: registry.example.com/web:1.0
          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            capabilities: {drop: [ALL]}
          resources:
            limits: {cpu: 500m, memory: 128Mi}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: web
  namespace: calm
spec:
  podSelector: {}
  policyTypes: [Ingress, Egress]
`;
