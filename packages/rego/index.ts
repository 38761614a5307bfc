// Rego for JavaScript: modules are compiled to JavaScript once, and evaluated as often as needed.
export type { Diagnostic } from "./diagnostics/diagnostic.ts";
export { formatDiagnostic } from "./diagnostics/format-diagnostic.ts";
export { compile, type Compilation, type CompileOptions } from "./6-link/compile.ts";
export type {
  Bindings,
  EvaluateOptions,
  EvaluationProblem,
  ModuleSource,
  PreparedRule,
  Program,
  QueryResult,
  RuleResult,
} from "./6-link/program.ts";
export { builtinsOf, loadPrecompiled, precompiledText, type PrecompiledProgram } from "./6-link/precompiled-program.ts";
export type { JsonSchema } from "./3-check/typing/schema-type.ts";
export { currentCapabilities, type Capabilities, type CapabilityBuiltin, type CapabilityType } from "./builtins/capabilities.ts";
export { everydayBuiltinByName } from "./builtins/everyday.ts";
export type { Builtin, BuiltinContext } from "./builtins/define.ts";
export { LineCoverage, type CoverageRange, type CoverageReport, type FileCoverage } from "./observe/line-coverage.ts";
export { Trace, type TraceEvent, type TraceOptions } from "./observe/trace.ts";
export { renderTrace, type TraceView } from "./observe/render-trace.ts";
export { explainFindings, explainSolutions, type Finding, type FindingStep } from "./observe/explain-findings.ts";
export { renderFindings } from "./observe/render-findings.ts";
export { Profile, type ProfileEntry } from "./observe/profile.ts";
export { Metrics } from "./observe/metrics.ts";
export { defineBuiltin, types, type BuiltinDefinition } from "./builtins/define-builtin.ts";
export type { TypeDescription } from "./builtins/type-description.ts";
export type { Limits } from "./runtime/meter.ts";
export {
  NetworkFailure,
  type KeptReply,
  type Network,
  type NetworkReply,
  type NetworkRequest,
  type TlsSettings,
} from "./builtins/http/network.ts";
export { Decimal } from "./runtime/decimal.ts";
export { SetValue, type RegoValue } from "./runtime/value.ts";
export { fromJson, stringify, toJson } from "./runtime/json.ts";
export { packageAnnotation } from "./package-annotation.ts";
export { evaluateExpressions, type ExpressionsResult, type ExpressionValue, type QuerySolution } from "./6-link/query-expressions.ts";
export { loadSources, type LoadedSources, type LoadOptions, type SourceFault, type SourceFileSystem } from "./bundle/load-sources.ts";
export { readDocument, type ReadDocument } from "./bundle/read-document.ts";
export { standaloneModule, type StandaloneModuleOptions } from "./standalone/standalone-module.ts";
export { findTests, type FoundTests, type RegoTest } from "./testing/find-tests.ts";
export { runTest, type RunTestOptions, type TestCase, type TestOutcome, type TestResult } from "./testing/run-test.ts";
export type { TestFailure } from "./testing/explain-failure.ts";
export { answerQuery, type QueryAnswer, type QueryRequest } from "./requests/answer-query.ts";
export type { Explanation, ExplanationView } from "./requests/explain.ts";
export type { RequestHost, SourceRequest } from "./requests/request.ts";
export { answerTests, type TestAnswer, type TestRequest } from "./requests/test-run.ts";
export { compilePattern, type Pattern } from "./builtins/pattern.ts";
export { loadBundles, type BundleOptions, type LoadedBundle, type LoadedBundles } from "./bundle/load-bundles.ts";
export { BundleFault, type BundleLimits } from "./bundle/bundle-files.ts";
export type { BundleManifest } from "./bundle/manifest.ts";
export type { BundleSigning, BundleVerification } from "./bundle/signature.ts";
export { writeBundle, type BundleContent } from "./bundle/write-bundle.ts";
export { flattenModules } from "./flatten/flatten-modules.ts";
export { archiveFiles } from "./bundle/archive.ts";
export { mergeSources } from "./bundle/merge-sources.ts";
