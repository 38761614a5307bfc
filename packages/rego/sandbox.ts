// `@holdfast/rego/sandbox`: rules of strangers, in a process of their own with limits that hold. Apart from the rest of the package, since it starts processes.
export { evaluateInSandbox, type SandboxOptions, type SandboxOutcome, type SandboxResult } from "./sandbox/evaluate-in-sandbox.ts";
export type { SandboxJob } from "./sandbox/messages.ts";
export type { SandboxLimits } from "./sandbox/sandbox-limits.ts";
export {
  annotationsInSandbox,
  queryInSandbox,
  testsInSandbox,
  type AnnotationsAnswer,
  type RequestOptions,
} from "./sandbox/request-in-sandbox.ts";
