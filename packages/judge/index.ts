export { judge, type JudgeOptions } from "./judge.ts";
export type { Acceptance } from "./acceptance.ts";
export type { GateRequest } from "./gates/request.ts";
export { resultExitCode, worstExitCode, type ExitCode } from "./exit-code.ts";
export type { UngatedResult } from "./gates/request.ts";
