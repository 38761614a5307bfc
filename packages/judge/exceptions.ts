// What the package exports beside judgement itself: a scan without exceptions loads none of it.
export type { ExceptionDocument, ExceptionFault } from "./exceptions/document.ts";
export type { Exception } from "./exceptions/exception.ts";
export { applyExceptions, type ApplyOptions } from "./exceptions/apply-exceptions.ts";
export {
  AUDIT_VERDICTS,
  auditExceptions,
  type AuditedException,
  type AuditedFinding,
  type AuditedWorld,
  type AuditVerdict,
  type WorldEffect,
} from "./exceptions/audit.ts";
export { toPolicy, toSecurityException, type Conversion } from "./exceptions/convert-exception.ts";
export { acceptedWith, exceptionForFinding } from "./exceptions/exception-for-finding.ts";
export { exceptionsInTree, policiesInTree } from "./exceptions/found-in-tree.ts";
export { EXCEPTION_PROBLEMS, readInlineExceptions } from "./exceptions/inline.ts";
export { errorsOf, lossesOf } from "./exceptions/gaps.ts";
export type { KnownPolicies } from "./exceptions/known-policies.ts";
export { readExceptions, type ReadException } from "./exceptions/read-exceptions.ts";
export { scopeText } from "./exceptions/scope.ts";
export { removableExceptions } from "./exceptions/removable-exceptions.ts";
