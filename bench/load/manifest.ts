/** A Kubernetes object as JSON has it. */
export type Manifest = Readonly<Record<string, unknown>>;
