export { judge, type JudgeOptions } from "./judge.ts";
export type { Acceptance } from "./acceptance.ts";
export type { GateRequest } from "./gates.ts";
export { resultExitCode, worstExitCode, type ExitCode } from "./exit-code.ts";
