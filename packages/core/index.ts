export type * from "./result.ts";
export type * from "./control.ts";
export { NEEDED_INPUTS } from "./control.ts";
export type * from "./evaluation.ts";
export { groupOf, identityOf, type KubernetesObject, type Resource, type ResourceIdentity } from "./resource.ts";
export { formatObjectPath, parseObjectPath, valueAt, type ObjectPath } from "./object-path.ts";
export { makeProblem, type ProblemCatalogue, type ProblemDetails, type ProblemEntry } from "./problem.ts";
export { RESULT_SCHEMA, type JsonSchema } from "./result-schema.ts";
export { SEVERITIES, compareSeverity, severityOf } from "./severity.ts";
