import type { ProblemCatalogue } from "@holdfast/core";

/** The codes of problems of evaluation. */
export type EvaluationProblemCode =
  | "rule-failed"
  | "rule-limit"
  | "rule-missing"
  | "rule-unusable"
  | "role-unknown"
  | "signatures-unknown"
  | "value-unknown"
  | "artifact-unusable"
  | "exceptions-not-applied"
  | "library-refused";

/** What evaluation can lose. Problems of loading stand in a catalogue of their own, beside the loaders. */
export const EVALUATION_PROBLEMS: ProblemCatalogue<EvaluationProblemCode> = {
  "rule-failed": {
    stage: "evaluate",
    effect: "lost",
    title: "A rule failed",
    explanation:
      "The evaluation of a rule ended with an error. What the control would have said is not known: its resources are errored, not passed, and coverage falls.",
    remedy: "If the rule is yours, mend it at the place named. If it is one of Holdfast's, report it with the object that makes it fail.",
  },
  "rule-limit": {
    stage: "evaluate",
    effect: "lost",
    title: "A rule passed a limit",
    explanation:
      "A rule of --custom-rules, --use-from or --use-artifacts-from took more time or memory than it may, or gave too much, and was ended. Its control's resources are errored, not passed, and coverage falls; all else was judged.",
    remedy: "Mend the rule at the place named, or allow it more with --custom-rule-timeout or --custom-rule-memory.",
  },
  "rule-missing": {
    stage: "evaluate",
    effect: "lost",
    title: "A control names a rule that does not exist",
    explanation: "The control could not be judged by this rule, so its resources are errored and coverage falls.",
    remedy: "Add the rule to the library, or correct its name on the control's page.",
  },
  "rule-unusable": {
    stage: "evaluate",
    effect: "lost",
    title: "A rule can't be used",
    explanation:
      "A rule of --custom-rules, --use-from or --use-artifacts-from does not compile, or has no rule deny in the package armo_builtins. Its control's resources are errored, not passed, and coverage falls; all else was judged.",
    remedy:
      "Mend the rule at the place named: `holdfast rego check FILE` shows all that is wrong with a file, with --v0-compatible where it is written in Rego v0.",
  },
  "role-unknown": {
    stage: "evaluate",
    effect: "degraded",
    title: "A binding refers to a role that was not scanned",
    explanation:
      "What the binding's subjects may do is not known, so controls on access say nothing about them through this binding. It does not lower coverage: the manifest was read, the role lives elsewhere (one of the cluster's own, say).",
    remedy: "Scan the role beside the binding, for instance the output of kubectl get clusterroles -o yaml.",
  },
  "signatures-unknown": {
    stage: "evaluate",
    effect: "lost",
    title: "The signatures of an image are not known",
    explanation:
      "A registry could not be asked, refused the login, has no such image or answered with what can't be read; or a trusted key is none. Whether the image is signed is not known: its workloads are errored for these controls, neither passed nor failed.",
    remedy:
      "Make the registry reachable from here and log in to it (docker login writes the configuration that is read, or DOCKER_AUTH_CONFIG holds it), or leave the controls out with --exclude-control.",
  },
  "value-unknown": {
    stage: "evaluate",
    effect: "lost",
    title: "A verdict hangs on a value that is not known",
    explanation:
      "A field of the object has a variable or an expression whose value stands in no file: it is encrypted, say, or only known when it is deployed. Rules that look at the field can't tell whether the object passes: for their controls it is errored, neither passed nor failed, unless it fails whatever the value is. Rules that don't look at it judge it as ever. The object's own name and namespace are taken as they are written, and so are values that rules about other objects compare with.",
    remedy: "Give the value where Holdfast can read it (the cause names it), or scan the cluster.",
  },
  "artifact-unusable": {
    stage: "evaluate",
    effect: "lost",
    title: "A part of a policy file can't be used",
    explanation:
      "A file of --use-from or --use-artifacts-from holds something that is not of Kubescape's released form, or that Holdfast can't evaluate. What hangs on it was not judged; all else was.",
    remedy: "Mend the part that is named, or leave the file out.",
  },
  "library-refused": {
    stage: "evaluate",
    effect: "degraded",
    title: "The installed library is not used",
    explanation:
      "The library that `holdfast library update` installed is damaged, is not signed by its key, or can't be read by this Holdfast. Everything was judged by the built-in library.",
    remedy: "Install it again with `holdfast library update`, or remove the file that `holdfast library status` names.",
  },
  "exceptions-not-applied": {
    stage: "evaluate",
    effect: "degraded",
    title: "Exceptions are not applied",
    explanation:
      "A folder of --use-artifacts-from holds exceptions. Exceptions apply only where they are passed as such, so that findings which they accept are shown as open.",
    remedy: "Pass the file with --exceptions too, where its exceptions should apply; else leave it out of the folder.",
  },
};
