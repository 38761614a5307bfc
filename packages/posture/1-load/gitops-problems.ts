import type { ProblemCatalogue } from "@holdfast/core";

/** Codes of what can go wrong with what Flux and Argo CD deploy. */
export type GitopsProblemCode = "release-not-expanded" | "substitution-unknown" | "substitution-partial";

/** What following Flux and Argo CD can lose. */
export const GITOPS_PROBLEMS: ProblemCatalogue<GitopsProblemCode> = {
  "release-not-expanded": {
    stage: "load",
    effect: "lost",
    title: "What a Flux or Argo CD object deploys is not known",
    explanation:
      "A HelmRelease, a Kustomization or an Application names a chart or folder that is not in what was scanned, or that can't be told from here. The workloads that it deploys were not judged; that there are no findings in them says nothing.",
    remedy: "Scan the repository that it names too, put its chart into a folder that --chart-cache names, or scan the cluster.",
  },
  "substitution-unknown": {
    stage: "load",
    effect: "lost",
    title: "A setting comes from a variable whose value is not known",
    explanation:
      "Flux substitutes a variable in this object whose value stands in no file: it is encrypted, or its ConfigMap or Secret is not in the repository. What the setting will be in the cluster can't be told, so the object was not judged.",
    remedy: "Give the variable a value in postBuild.substitute, or keep settings that are no secrets in a ConfigMap of the repository.",
  },
  "substitution-partial": {
    stage: "load",
    effect: "partial",
    title: "A text has a variable whose value is not known",
    explanation:
      "Flux substitutes a variable in texts of this object, such as a name, an image's tag or the value of a variable, and its value stands in no file. Rules that look at the text can decide nothing (`value-unknown`); all others have judged the object.",
    remedy: "Give the variable a value in postBuild.substitute, or keep it in a ConfigMap of the repository, if it is no secret.",
  },
};
