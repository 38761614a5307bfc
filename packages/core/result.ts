// The types of result.schema.json, made from it by tools/generate-result-type.ts. Change the schema, then run that.

/**
 * A percentage from 0 to 100, or null where nothing was evaluated: no data is not a number.
 */
export type Score = number | null;
export type Severity = "critical" | "high" | "medium" | "low" | "unknown";
export type Status = "passed" | "failed" | "accepted" | "skipped" | "errored";

/**
 * What a scan found and what it could not know. Every output is a view of this one value and computes nothing: texts, positions, scores, fingerprints and edits are already in it. Lists are sorted, so that the same input gives the same bytes.
 */
export interface Result {
  /**
   * The version of this form.
   */
  readonly schema: "holdfast.result/v1";
  readonly tool: Tool;
  /**
   * When the scan was made, RFC 3339 in UTC. There only when the clock was given (SOURCE_DATE_EPOCH).
   */
  readonly time?: string;
  /**
   * Names in it are pseudonyms (`--hide`). Absent where they are not.
   */
  readonly namesHidden?: true;
  readonly inputs: Inputs;
  readonly summary: Summary;
  /**
   * The frameworks that were asked for, by id.
   */
  readonly frameworks: readonly FrameworkResult[];
  /**
   * The controls that were judged or should have been, by id.
   */
  readonly controls: readonly ControlResult[];
  /**
   * All resources by file and place in it; what stands in no file comes last. Verdicts and findings name them by their place in this list.
   */
  readonly resources: readonly ResourceSummary[];
  /**
   * What was really evaluated. A verdict can only be `passed` with one of these.
   */
  readonly receipts: readonly Receipt[];
  /**
   * By control, then resource.
   */
  readonly verdicts: readonly Verdict[];
  /**
   * By severity (worst first), control, resource and path.
   */
  readonly findings: readonly Finding[];
  readonly attack?: Attack;
  /**
   * The exceptions that were given, in their order, and those that were found among what was scanned.
   */
  readonly exceptions: readonly ExceptionSummary[];
  readonly comparison?: Comparison;
  readonly ratchet?: Ratchet;
  /**
   * The gates that were asked for and how each came out.
   */
  readonly gates: readonly GateOutcome[];
  /**
   * What was lost, and why.
   */
  readonly problems: readonly Problem[];
}
export interface Tool {
  readonly name: "holdfast";
  readonly version: string;
  /**
   * A digest of the controls, rules and frameworks that judged.
   */
  readonly library: string;
}
/**
 * What was given and what became of it.
 */
export interface Inputs {
  /**
   * The paths that were given, as they were written; `-` is standard input.
   */
  readonly roots: readonly string[];
  /**
   * What kind of input this is; reach depends on it.
   */
  readonly kind: "files" | "cluster";
  readonly cluster?: ClusterInput;
  readonly selection?: ObjectSelection;
  readonly parameters?: GivenParameters;
  /**
   * Every file that was claimed, by name.
   */
  readonly files: readonly InputFile[];
  readonly account: InputAccount;
  /**
   * The tools of the machine that inputs were rendered with, by name. Absent where none was.
   */
  readonly renderers?: readonly Renderer[];
  /**
   * Charts, overlays and the like that were rendered or should have been, by file and name. Absent where there were none.
   */
  readonly rendered?: readonly RenderedRoot[];
  /**
   * What inputs name and could not be expanded, by file and name: what it stands for was not judged. Absent where there is nothing of the kind.
   */
  readonly notExpanded?: readonly NotExpanded[];
  /**
   * Files and folders that no loader read, by name. Only there when it was asked for.
   */
  readonly skipped?: readonly SkippedInput[];
}
/**
 * The cluster that was scanned, and what of it.
 */
export interface ClusterInput {
  /**
   * The name of the context in the kubeconfig.
   */
  readonly context: string;
  /**
   * The address of the API server.
   */
  readonly server: string;
  /**
   * The version of the API server, such as v1.34.4.
   */
  readonly version: string;
  readonly namespaces: ClusterNamespaces;
  /**
   * The label selector of the objects that were asked for.
   */
  readonly selector?: string;
  /**
   * The one object that was asked for: NAMESPACE/KIND/NAME.
   */
  readonly workload?: string;
  /**
   * Every kind that the controls are about, by group and kind.
   */
  readonly kinds: readonly ClusterKind[];
  readonly account: ClusterAccount;
}
/**
 * The namespaces that were asked for (none named: all), and those left out.
 */
export interface ClusterNamespaces {
  readonly included: readonly string[];
  readonly excluded: readonly string[];
}
/**
 * A kind, and what became of its objects.
 */
export interface ClusterKind {
  /**
   * Empty for the core group.
   */
  readonly group: string;
  readonly kind: string;
  /**
   * The version that was read.
   */
  readonly version?: string;
  /**
   * The plural name, as in roles.
   */
  readonly resource?: string;
  /**
   * listed: all of it was read; partial: not in all namespaces; forbidden and failed: nothing was read; vanished: it was deleted meanwhile; excluded: left out on request; not-served: the server does not have it.
   */
  readonly state: "listed" | "partial" | "forbidden" | "failed" | "vanished" | "excluded" | "not-served";
  /**
   * True where nothing but the metadata was read: of Secrets, unless a rule needs their values.
   */
  readonly metadataOnly?: boolean;
  /**
   * Why lists were lost.
   */
  readonly detail?: string;
  /**
   * Lists that were read to their end; a kind has one, or one for each namespace that was asked for.
   */
  readonly lists: number;
  /**
   * Lists that were refused or could not be read; each has a problem.
   */
  readonly lost: number;
  /**
   * Objects that the server listed. listed = produced + owned + repeated + dropped.
   */
  readonly listed: number;
  /**
   * Objects that were judged, or that others were judged by.
   */
  readonly produced: number;
  /**
   * Objects left out because they repeat their owner, which was read: pods of a ReplicaSet, jobs of a CronJob and so on.
   */
  readonly owned: number;
  /**
   * Objects left out because another kind had listed them already.
   */
  readonly repeated: number;
  /**
   * Objects left out because their list could not be read to its end.
   */
  readonly dropped: number;
}
/**
 * The sums over all kinds.
 */
export interface ClusterAccount {
  /**
   * Lists that were read to their end; a kind has one, or one for each namespace that was asked for.
   */
  readonly lists: number;
  /**
   * Lists that were refused or could not be read; each has a problem.
   */
  readonly lost: number;
  /**
   * Objects that the server listed. listed = produced + owned + repeated + dropped.
   */
  readonly listed: number;
  /**
   * Objects that were judged, or that others were judged by.
   */
  readonly produced: number;
  /**
   * Objects left out because they repeat their owner, which was read: pods of a ReplicaSet, jobs of a CronJob and so on.
   */
  readonly owned: number;
  /**
   * Objects left out because another kind had listed them already.
   */
  readonly repeated: number;
  /**
   * Objects left out because their list could not be read to its end.
   */
  readonly dropped: number;
}
/**
 * Which objects were to be judged, of files or of a cluster. The others were left out, though those may have been judged by them.
 */
export interface ObjectSelection {
  readonly namespaces: SelectedNamespaces;
  readonly kinds: SelectedKinds;
  /**
   * The label selector of the objects that were asked for.
   */
  readonly selector?: string;
}
/**
 * The namespaces that were asked for (none named: all), and those left out.
 */
export interface SelectedNamespaces {
  readonly included: readonly string[];
  readonly excluded: readonly string[];
}
/**
 * The kinds that were asked for (none named: all), and those left out, as they were written.
 */
export interface SelectedKinds {
  readonly included: readonly string[];
  readonly excluded: readonly string[];
}
/**
 * Parameters that were given, that the controls of this scan read, and that are not as the library has them.
 */
export interface GivenParameters {
  /**
   * By name.
   */
  readonly names: readonly string[];
  /**
   * A digest of their names and values.
   */
  readonly digest: string;
}
export interface InputFile {
  readonly file: string;
  readonly loader: string;
  /**
   * Documents that the file holds, as far as that could be told; a file that could not be read is one.
   */
  readonly documents: number;
  /**
   * Kubernetes objects that came out of it (a list counts as its items).
   */
  readonly resources: number;
  /**
   * Documents that are no Kubernetes objects, empty ones among them.
   */
  readonly notKubernetes: number;
  /**
   * Documents that could not be read; each has a problem.
   */
  readonly lost: number;
}
/**
 * The sums over all files. documents = produced + notKubernetes + lost. Of a cluster an object counts as a document, and so does a list that could not be read.
 */
export interface InputAccount {
  readonly files: number;
  /**
   * Files and folders left out by an ignore file.
   */
  readonly ignored: number;
  readonly documents: number;
  /**
   * Documents that gave Kubernetes objects.
   */
  readonly produced: number;
  readonly resources: number;
  readonly notKubernetes: number;
  readonly lost: number;
  /**
   * Documents that were judged but not wholly understood (a duplicate key, say); each has a problem.
   */
  readonly partial: number;
}
export interface Renderer {
  /**
   * helm, kustomize or kubectl.
   */
  readonly name: string;
  /**
   * As the tool says it.
   */
  readonly version: string;
}
/**
 * Something that was rendered as one.
 */
export interface RenderedRoot {
  /**
   * chart, overlay, release or application.
   */
  readonly kind: string;
  readonly name: string;
  /**
   * The file or folder that it is.
   */
  readonly file: string;
  /**
   * The files that went into it, by name; those of the folder `file` are named in full too.
   */
  readonly files: readonly string[];
  /**
   * Files that belong to it and did not go into it, by name: further values files, those of its tests. Absent where there are none.
   */
  readonly unused?: readonly string[];
  /**
   * Kubernetes objects that came out of it.
   */
  readonly resources: number;
  /**
   * How many problems it has.
   */
  readonly problems: number;
  /**
   * How many of the objects are hooks or tests, which Helm runs beside the release. Absent for none.
   */
  readonly hooks?: number;
  /**
   * Why there is nothing to render, where that is no problem: a library chart, say.
   */
  readonly note?: string;
}
export interface NotExpanded {
  /**
   * Of the object or input: HelmRelease, say.
   */
  readonly kind: string;
  /**
   * With its namespace before a `/`, where it has one.
   */
  readonly name: string;
  readonly file: string;
  readonly line?: number;
  readonly reason: string;
}
export interface SkippedInput {
  readonly file: string;
  /**
   * ignored: an ignore file leaves it out; other: it is nothing that a loader reads.
   */
  readonly reason: "ignored" | "other";
}
export interface Summary {
  readonly compliance: Score;
  readonly strictCompliance: Score;
  readonly coverage: Score;
  readonly reach: Reach;
  readonly controls: StatusCounts;
  readonly resources: StatusCounts;
  /**
   * Open findings.
   */
  readonly findings: number;
  /**
   * Findings accepted by an exception.
   */
  readonly accepted: number;
  readonly bySeverity: SeverityCounts;
}
/**
 * How many of the controls this kind of input can answer at all.
 */
export interface Reach {
  readonly answerable: number;
  readonly total: number;
}
export interface StatusCounts {
  readonly passed: number;
  readonly failed: number;
  readonly accepted: number;
  readonly skipped: number;
  readonly errored: number;
}
export interface SeverityCounts {
  readonly critical: number;
  readonly high: number;
  readonly medium: number;
  readonly low: number;
  readonly unknown: number;
}
export interface FrameworkResult {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly compliance: Score;
  readonly strictCompliance: Score;
  readonly coverage: Score;
  readonly reach: Reach;
  /**
   * Ids of its controls, whatever became of them.
   */
  readonly controls: readonly string[];
  readonly counts: StatusCounts;
  readonly sections: readonly FrameworkSection[];
}
export interface FrameworkSection {
  readonly id: string;
  readonly title: string;
  readonly controls: readonly string[];
  /**
   * What of this section no scanner can show.
   */
  readonly notShown?: string;
}
export interface ControlResult {
  readonly id: string;
  readonly name: string;
  /**
   * The base score, 0 to 10; null where a rule of the user's names none.
   */
  readonly score: number | null;
  readonly severity: Severity;
  readonly category: string;
  readonly subCategory?: string;
  readonly tags: readonly string[];
  /**
   * Ids of the frameworks of the library that it belongs to.
   */
  readonly frameworks: readonly string[];
  readonly rules: readonly string[];
  readonly help: ControlHelp;
  readonly status: Status;
  /**
   * Why it or some of it was not evaluated.
   */
  readonly skips: readonly Skip[];
  readonly counts: StatusCounts;
  readonly compliance: Score;
  readonly strictCompliance: Score;
  /**
   * Open findings.
   */
  readonly findings: number;
  /**
   * Accepted findings.
   */
  readonly accepted: number;
}
/**
 * Markdown, from the control's page.
 */
export interface ControlHelp {
  readonly description: string;
  readonly why: string;
  readonly fix: string;
  readonly limits: string;
}
/**
 * Why something was not evaluated.
 */
export interface Skip {
  readonly reason: "needs-input" | "not-applicable" | "no-match" | "excluded";
  /**
   * For needs-input: which input, such as host-data, control-plane-pods or cloud.
   */
  readonly input?: string;
  /**
   * For needs-input and no-match: the kinds that would be judged.
   */
  readonly kinds?: readonly string[];
  /**
   * For needs-input: who provides it, and how.
   */
  readonly providedBy?: string;
  readonly detail?: string;
}
export interface ResourceSummary {
  readonly apiVersion: string;
  readonly kind: string;
  /**
   * Empty where the object names none.
   */
  readonly namespace: string;
  readonly name: string;
  /**
   * Absent for what stands in no file of its own, such as the subject of a binding.
   */
  readonly file?: string;
  /**
   * 1-based line of the object's first key.
   */
  readonly line?: number;
  readonly status: Status;
  /**
   * Open findings.
   */
  readonly findings: number;
}
/**
 * One evaluation of one rule for one control that ran to its end.
 */
export interface Receipt {
  readonly control: string;
  readonly rule: string;
  /**
   * A digest of the rule's text and parameters.
   */
  readonly digest: string;
  /**
   * Objects that the rule was given.
   */
  readonly given: number;
  /**
   * Objects that counted as judged.
   */
  readonly judged: number;
  readonly findings: number;
}
export interface Verdict {
  readonly control: string;
  /**
   * Its place in `resources`; null where the control as a whole was skipped or errored.
   */
  readonly resource: number | null;
  readonly status: Status;
  /**
   * Places in `receipts`: the evaluations behind the verdict.
   */
  readonly receipts?: readonly number[];
  /**
   * Fingerprints of its findings.
   */
  readonly findings?: readonly string[];
  readonly skip?: Skip;
  /**
   * For errored: its place in `problems`.
   */
  readonly problem?: number;
}
export interface Finding {
  /**
   * Survives moving the file, reordering a list and a new image tag.
   */
  readonly fingerprint: string;
  readonly control: string;
  readonly rule: string;
  readonly severity: Severity;
  /**
   * Its place in `resources`.
   */
  readonly resource: number;
  readonly status: "open" | "accepted";
  /**
   * The place in `exceptions` of the first that accepts it; there when it is accepted.
   */
  readonly acceptedBy?: number;
  /**
   * The frameworks in whose judgement it is accepted by exceptions that name them. Where it is open all the same, other frameworks that were judged hold it.
   */
  readonly acceptedIn?: readonly AcceptedIn[];
  readonly message: string;
  /**
   * Places in `resources` of what else takes part: a subject's binding and role.
   */
  readonly related: readonly number[];
  readonly paths: readonly FindingPath[];
  readonly evidence: readonly Evidence[];
  /**
   * What to do about it, never empty.
   *
   * @minItems 1
   */
  readonly fixes: [Fix, ...Fix[]];
  readonly source?: Source;
  readonly edit?: Edit;
  /**
   * Why the fixes of kind set and remove could not be made an edit of the file.
   */
  readonly noEdit?: string;
}
export interface AcceptedIn {
  /**
   * Its id.
   */
  readonly framework: string;
  /**
   * The place in `exceptions` of the first that accepts the finding there.
   */
  readonly exception: number;
}
export interface FindingPath {
  readonly path: string;
  readonly kind: "failed" | "review" | "delete";
  /**
   * The place in `resources` of the object that the path is in, where it is not the finding's own.
   */
  readonly resource?: number;
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
}
/**
 * An offending value.
 */
export interface Evidence {
  readonly path: string;
  /**
   * The value as compact JSON, cut where it is long; `•••` where it is a secret.
   */
  readonly value: string;
  readonly masked?: true;
}
export interface Fix {
  readonly kind: "set" | "remove" | "choose" | "none";
  readonly path?: string;
  /**
   * For set: the value, typed. For choose: what to begin with, where there is such a thing.
   */
  readonly value?: unknown;
  /**
   * For choose: what a person must decide.
   */
  readonly question?: string;
  /**
   * For none: why no fix can be derived.
   */
  readonly reason?: string;
}
/**
 * Where a person would edit.
 */
export interface Source {
  readonly file: string;
  /**
   * 1-based.
   */
  readonly line: number;
  /**
   * 1-based, in characters.
   */
  readonly column: number;
  readonly endLine?: number;
  /**
   * The column after the last character.
   */
  readonly endColumn?: number;
  /**
   * False where only the object or an enclosing field could be found.
   */
  readonly exact: boolean;
  /**
   * Why the place is only approximate, where that is for another reason than that the field is not there.
   */
  readonly reason?: string;
  readonly feeds?: FeedingValue;
  readonly commit?: LastCommit;
  readonly excerpt: Excerpt;
}
/**
 * The value that feeds the field of a rendered object.
 */
export interface FeedingValue {
  /**
   * The values file that sets it; absent where the command line does.
   */
  readonly file?: string;
  /**
   * As Helm's `--set` names it.
   */
  readonly path: string;
}
/**
 * The last commit that touched the line. There only where it was asked for and git knows it.
 */
export interface LastCommit {
  readonly hash: string;
  /**
   * RFC 3339 in UTC, of its author.
   */
  readonly date: string;
  readonly author: string;
  /**
   * The first line of its message.
   */
  readonly summary: string;
}
export interface Excerpt {
  /**
   * The line of its first line.
   */
  readonly line: number;
  /**
   * Whole lines, secrets masked, joined by newlines.
   */
  readonly text: string;
}
/**
 * The text edit that applies the fixes of kind set and remove, where one can be made.
 */
export interface Edit {
  readonly file: string;
  readonly replacements: readonly Replacement[];
  /**
   * A small unified diff, without file names; secrets masked.
   */
  readonly diff: string;
}
/**
 * Replaces what stands from the start up to, not including, the end. Lines and columns are 1-based, columns in characters.
 */
export interface Replacement {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly text: string;
}
/**
 * How the findings of a workload chain, by the attack tracks of the library. docs/concepts/attack-tracks.md defines each word.
 */
export interface Attack {
  /**
   * By name.
   */
  readonly tracks: readonly AttackTrackSummary[];
  /**
   * The workloads that have at least one chain, in the order in which to fix them.
   */
  readonly workloads: readonly AttackedWorkload[];
}
export interface AttackTrackSummary {
  readonly name: string;
  /**
   * Steps of its longest path.
   */
  readonly length: number;
  /**
   * Each before those that come next; the first is where an attack begins.
   */
  readonly steps: readonly AttackStepSummary[];
}
export interface AttackStepSummary {
  readonly name: string;
  /**
   * The place in `steps` of the step that opens it; null where an attack begins.
   */
  readonly after: number | null;
  /**
   * Whether vulnerabilities of images open it too.
   */
  readonly checksVulnerabilities: boolean;
  /**
   * Ids of the controls of the library that stand in its way, whether this scan judged by them or not.
   */
  readonly controls: readonly string[];
}
export interface AttackedWorkload {
  /**
   * Its place in `resources`.
   */
  readonly resource: number;
  readonly severity: Severity;
  /**
   * Open steps of its worst chain.
   */
  readonly length: number;
  /**
   * Whether the first step of its worst chain is open.
   */
  readonly exposed: boolean;
  /**
   * Its chains on all tracks.
   */
  readonly chains: number;
  /**
   * Those of them whose steps are all known to be open.
   */
  readonly known: number;
  /**
   * The tracks on which it has chains, in the order of `tracks` of the scan.
   */
  readonly tracks: readonly WorkloadTrack[];
  readonly fix: AttackFix;
}
export interface WorkloadTrack {
  /**
   * Its place in `tracks` of the scan.
   */
  readonly track: number;
  /**
   * Steps of the longest way from the start on which every step is reached.
   */
  readonly depth: number;
  /**
   * What is known of each step of the track, in its order.
   */
  readonly steps: readonly StepState[];
  /**
   * The worst first.
   */
  readonly chains: readonly AttackChain[];
}
export interface StepState {
  /**
   * reached: open, and so is every step before it; open: an open finding stands there; accepted: only accepted findings do; broken: all its controls judged the workload and found nothing; unknown: not all of them did.
   */
  readonly status: "reached" | "open" | "accepted" | "broken" | "unknown";
  /**
   * Places in `findings` of those that make it reached, open or accepted.
   */
  readonly findings: readonly number[];
  /**
   * For unknown: no data on the vulnerabilities of images; no control of the library stands in its way; or controls did not judge the workload.
   */
  readonly why?: "image-vulnerabilities" | "no-control" | "not-judged";
  /**
   * For not-judged: ids of those controls.
   */
  readonly notJudged?: readonly string[];
}
/**
 * A way from the start of a track to an open step, on which no step is broken or accepted, and behind which no open step can be come to.
 */
export interface AttackChain {
  /**
   * Places in `steps` of the track.
   */
  readonly steps: readonly number[];
  readonly severity: Severity;
  /**
   * How many of its steps are open.
   */
  readonly length: number;
  /**
   * Whether all of them are.
   */
  readonly known: boolean;
}
/**
 * The change that breaks the most chains of a workload: all findings that open one step.
 */
export interface AttackFix {
  /**
   * Places in `findings`.
   */
  readonly findings: readonly number[];
  /**
   * How many chains of the workload it breaks.
   */
  readonly breaks: number;
}
export interface ExceptionSummary {
  /**
   * Its name; that of a namespaced object with its namespace in front.
   */
  readonly id: string;
  readonly form?: "SecurityException" | "ClusterSecurityException" | "postureExceptionPolicy" | "annotation";
  /**
   * active: it applied; expired; premise-failed: a condition of it does not hold or can't be checked; not-given: it was found among what was scanned, and nobody passed it. Absent from results of versions that knew no exceptions.
   */
  readonly status?: "active" | "expired" | "premise-failed" | "not-given";
  /**
   * Why it did not apply, and what to do to have it apply.
   */
  readonly detail?: string;
  /**
   * What it is about, in words.
   */
  readonly scope?: string;
  /**
   * What it says that shall become of its findings, each once: both accept them. Absent where it was only found and not read, and from results of earlier versions.
   */
  readonly actions?: readonly ("ignore" | "alert_only")[];
  readonly reason: string;
  readonly author?: string;
  readonly file?: string;
  readonly line?: number;
  /**
   * RFC 3339, as written.
   */
  readonly expires?: string;
  /**
   * Findings in its scope that it accepts, also those that another accepts too.
   */
  readonly accepts: number;
}
/**
 * docs/how-to/compare-scans.md says what each word means.
 */
export interface Comparison {
  readonly baseline: Baseline;
  readonly counts: ComparisonCounts;
  /**
   * Those of both scans, by status, then the worst first.
   */
  readonly findings: readonly ComparedFinding[];
  /**
   * Inputs of which this scan could not read or render all, and of which the baseline lost nothing or less: new findings may be in them. Absent where there are none, or where the baseline does not say what it read.
   */
  readonly lost?: readonly string[];
  /**
   * Inputs that held objects in the baseline's scan and that ignore files leave out now: new findings may be in them. Where nobody can look whether they are still there, those that are gone while more is left out. Absent where there are none.
   */
  readonly ignored?: readonly string[];
}
export interface Baseline {
  /**
   * As it was named.
   */
  readonly file: string;
  readonly form: "holdfast" | "kubescape-json" | "kubescape-objects";
  /**
   * When it was made, RFC 3339; absent where it does not say.
   */
  readonly time?: string;
  /**
   * Whole days from then to this scan; absent where the time of either is not known.
   */
  readonly ageDays?: number;
  /**
   * What can and can't be compared with it.
   */
  readonly notes: readonly string[];
}
export interface ComparisonCounts {
  readonly new: number;
  readonly resolved: number;
  readonly unchanged: number;
  readonly accepted: number;
  readonly incomparable: number;
}
export interface ComparedFinding {
  /**
   * new: open now, and was not then; resolved: was there, was judged again and is gone; unchanged: open then and now; accepted: by an exception now; incomparable: one of the scans did not look.
   */
  readonly status: "new" | "resolved" | "unchanged" | "accepted" | "incomparable";
  /**
   * The scan that has it; now where both have.
   */
  readonly side: "now" | "then";
  /**
   * Absent for what only a baseline without fingerprints has.
   */
  readonly fingerprint?: string;
  readonly control: string;
  readonly severity: Severity;
  readonly resource: ComparedResource;
  readonly path?: string;
  readonly message: string;
  /**
   * What it was in the baseline, where it was there.
   */
  readonly was?: "open" | "accepted";
  /**
   * Why it can't be compared.
   */
  readonly reason?:
    | "control-not-judged-then"
    | "control-not-judged-now"
    | "errored-then"
    | "errored-now"
    | "input-not-covered-then"
    | "input-not-covered-now"
    | "input-lost-then"
    | "input-lost-now"
    | "input-ignored-then"
    | "input-ignored-now"
    | "rule-changed"
    | "path-differs";
  /**
   * The same for a person.
   */
  readonly why?: string;
}
export interface ComparedResource {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly file?: string;
  readonly line?: number;
}
/**
 * docs/concepts/ratchet.md says what each word means.
 */
export interface Ratchet {
  readonly file: string;
  /**
   * How many facts the file held; 0 where it was made by this scan.
   */
  readonly facts: number;
  /**
   * Facts that hold no longer: what is looked at less comes first, then the worst.
   */
  readonly breaches: readonly RatchetBreach[];
  readonly update: RatchetUpdate;
}
export interface RatchetBreach {
  /**
   * score: a score is below its floor; zero: a control that had no open finding has one; less: something that was looked at is not now.
   */
  readonly kind: "score" | "zero" | "less";
  /**
   * As in the file: `control C-0057`, `input folder apps/web`.
   */
  readonly subject: string;
  /**
   * As in the file: `compliance`.
   */
  readonly fact: string;
  readonly wanted: number | string;
  readonly actual: number | string | null;
  readonly message: string;
  /**
   * What else is not as it was when the floor was reached: another library, another version of a renderer, an exception that is gone. Empty: it is a regression of the manifests.
   */
  readonly changed: readonly string[];
  /**
   * Fingerprints of the open findings behind it, worst first, the first few.
   */
  readonly findings: readonly string[];
}
/**
 * What became of the file.
 */
export interface RatchetUpdate {
  /**
   * not-asked: without --ratchet-update; refused: it would have loosened something.
   */
  readonly outcome: "not-asked" | "made" | "tightened" | "loosened" | "unchanged" | "refused";
  /**
   * Facts that are new or tighter.
   */
  readonly tightened: number;
  /**
   * Facts that are looser or gone.
   */
  readonly loosened: number;
}
export interface GateOutcome {
  /**
   * The option that asked for it.
   */
  readonly gate:
    | "compliance-threshold"
    | "strict-compliance-threshold"
    | "severity-threshold"
    | "coverage-threshold"
    | "control-threshold"
    | "fail-on-control"
    | "fail-on-finding"
    | "fail-on-new"
    | "ratchet";
  /**
   * The framework whose score it is about; absent for the scan as a whole.
   */
  readonly framework?: string;
  /**
   * The control that it is about.
   */
  readonly control?: string;
  /**
   * It looked only at findings that the baseline does not have.
   */
  readonly newOnly?: true;
  readonly wanted: number | string;
  readonly actual: number | string | null;
  /**
   * no-data: what it looks at is not known, so it neither holds nor is breached.
   */
  readonly outcome: "holds" | "breached" | "no-data";
  readonly message: string;
  /**
   * Fingerprints of findings that caused a breach, worst first, the first few.
   */
  readonly causes: readonly string[];
}
export interface Problem {
  /**
   * Its entry in the catalogue of problems.
   */
  readonly code: string;
  readonly stage: "configuration" | "load" | "select" | "evaluate" | "locate" | "judge" | "report";
  /**
   * What it happened to: a file, a control, an output.
   */
  readonly subject: string;
  /**
   * lost: it was not judged; partial: judged in part; degraded: judged, with less beside it.
   */
  readonly effect: "lost" | "partial" | "degraded";
  readonly cause: string;
  readonly remedy: string;
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
}
