export type { FileContent, FileKind, FileSystem, ListedFile } from "./1-load/file-system.ts";
export { load, type LoadOptions, type LoadResult, type RenderingPorts } from "./1-load/load.ts";
export { LOAD_PROBLEMS, type LoadProblemCode } from "./1-load/load-problems.ts";
export type { RenderingOptions } from "./1-load/rendering-options.ts";
export type { ScratchFolder, ToolName, ToolOutcome, ToolRun, ToolRunner } from "./1-load/tool-runner.ts";
export type { LoadedResource, Patchable, PatchPlace, ResourceSource } from "./1-load/loaders/define.ts";
export { selectControls, type ControlRequest, type ControlSelection, type UnknownName } from "./2-select/select-controls.ts";
export { ruleInput, type RuleOutcome, type RuleSettings } from "./3-evaluate/evaluate-rule.ts";
export type { RuleFinding } from "./3-evaluate/rule-finding.ts";
export { combineFixes, type CombinedFixes, type CombinedText, type FixWish } from "./4-locate-and-fix/combine-fixes.ts";
export { patchableOf, patchFileOf, patchTexts, type PatchText, type PatchWish } from "./4-locate-and-fix/overlay-patches.ts";
export { SourceChanges, type SourceChange } from "./4-locate-and-fix/source-changes.ts";
export { templateProposals, type RenderedWish, type TemplateProposal } from "./4-locate-and-fix/template-proposals.ts";
export { applyEdits, joinEdits, type TextEdit } from "./4-locate-and-fix/text-edit.ts";
export { renderedSecrets, shownLines } from "./4-locate-and-fix/shown-lines.ts";
export { evaluateRuleAlone } from "./evaluate-rule-alone.ts";
export type { CustomRule, CustomRuleOutcome, CustomRuleRequest, CustomRules } from "./custom-rules/custom-rule.ts";
export { belongsToForm, isRuleFolder, readRuleFolder, rulesOfFolder, type RuleFolder } from "./custom-rules/read-rule-folder.ts";
export { readFrameworkFile } from "./custom-frameworks/read-framework-file.ts";
export { readArtifacts, type ReadArtifacts } from "./artifacts/read-artifacts.ts";
export { writeArtifacts, type WrittenArtifacts } from "./artifacts/write-artifacts.ts";
export { libraryWith } from "./custom-rules/with-custom-rules.ts";
export { readParameterValues, type ParameterFault, type ParameterReading } from "./parameters/read-parameter-values.ts";
export { readCustomRule, type CustomRuleFile } from "./custom-rules/read-custom-rule.ts";
export { readDockerConfig, type RegistryCredential, type RegistryCredentials } from "./image-signatures/registry-credentials.ts";
export { registrySignatures } from "./image-signatures/registry-signatures.ts";
export type { ImageSignatures, SignatureFailure } from "./image-signatures/image-signatures.ts";
export { compileLibrary, LibraryCompileError } from "./library/compile-library.ts";
export type { CompiledLibrary, RuleProgram } from "./library/compiled-library.ts";
export type { LibraryFault, LibraryFile } from "./library/library-fault.ts";
export { linkLibrary, type PrecompiledPart } from "./library/link-library.ts";
export { precompileLibrary } from "./library/precompile-library.ts";
export { readLibrary, type LibrarySource, type RuleSource } from "./library/read-library.ts";
export { readValues, type ReadValues } from "./yaml/read-values.ts";
export { EVALUATION_PROBLEMS } from "./problems.ts";
export { scanPosture, type PostureOutcome, type PosturePorts, type PostureRequest } from "./scan-posture.ts";
export { defaultParameters } from "./library/parameter-page.ts";
export { readPlacedDocuments, type PlacedDocument, type PlacedDocuments } from "./yaml/placed-documents.ts";
export type {
  ClusterAccess,
  Discovery,
  ListRequest,
  ObjectAnswer,
  PageAnswer,
  Refusal,
  ServedKind,
} from "./1-load/cluster/cluster-access.ts";
export { CLUSTER_PROBLEMS, type ClusterProblemCode } from "./1-load/cluster/cluster-problems.ts";
export type { ClusterRequest, ObjectChoice, WorkloadName } from "./1-load/cluster/cluster-request.ts";
export { listKind } from "./1-load/cluster/list-kind.ts";
export { parseLabelSelector, type LabelSelector } from "./1-load/cluster/label-selector.ts";
export { clusterRole, type NeededRight } from "./1-load/cluster/needed-rights.ts";
export { preflight } from "./preflight.ts";
