import type { ProblemCatalogue } from "@holdfast/core";

/** Codes of what can go wrong with Kustomize's overlays. */
export type OverlayProblemCode =
  | "kustomize-missing"
  | "kustomize-failed"
  | "kustomize-limit"
  | "overlay-remote"
  | "overlay-outside"
  | "overlay-helm"
  | "overlay-unused";

/** What building overlays can lose. In each case the manifests beneath are not judged in its place: they are not what reaches the cluster. */
export const OVERLAY_PROBLEMS: ProblemCatalogue<OverlayProblemCode> = {
  "kustomize-missing": {
    stage: "load",
    effect: "lost",
    title: "There is neither kustomize nor kubectl on this machine",
    explanation:
      "Overlays are built with the machine's own `kustomize build` or `kubectl kustomize`. Without them nothing is known of what this kustomization makes, and its bases and patches by themselves are not what reaches the cluster.",
    remedy: "Install kustomize or kubectl; or build it elsewhere, and scan the result: `kustomize build FOLDER | holdfast scan -`.",
  },
  "kustomize-failed": {
    stage: "load",
    effect: "lost",
    title: "A kustomization can't be built",
    explanation: "Kustomize refused it, so that nothing of it could be deployed, nor was judged. The cause is what Kustomize said.",
    remedy: "Correct it until `kustomize build FOLDER` works, or list the folder in .holdfastignore.",
  },
  "kustomize-limit": {
    stage: "load",
    effect: "lost",
    title: "A kustomization takes too much",
    explanation:
      "Building takes at most 60 seconds, 64 MiB of output, 1,000 kustomizations and 64 MiB of files that they name. This one was ended there.",
    remedy: "Split it, or build it elsewhere and scan the result.",
  },
  "overlay-remote": {
    stage: "load",
    effect: "lost",
    title: "A kustomization refers to something elsewhere",
    explanation: "A base, a chart or a file that it names has to be fetched over the network, which is only done when it is allowed.",
    remedy: "Allow it with --allow-network; or copy what it refers to into the repository.",
  },
  "overlay-outside": {
    stage: "load",
    effect: "lost",
    title: "A kustomization reads what it must not",
    explanation:
      "The files that a kustomization names lie in its own folder, and its bases in the same repository. This one leaves them, by `../`, an absolute path or a symbolic link.",
    remedy:
      "Move the file into the folder of the kustomization. Where you trust it, --load-restrictor LoadRestrictionsNone allows files of the same repository.",
  },
  "overlay-helm": {
    stage: "load",
    effect: "lost",
    title: "A kustomization renders charts",
    explanation: "It has `helmCharts`, for which Kustomize starts Helm. That is off unless it is asked for, as it is in Kustomize.",
    remedy: "Turn it on with --enable-helm. Charts that are not in the repository need --allow-network too.",
  },
  "overlay-unused": {
    stage: "load",
    effect: "lost",
    title: "No overlay uses a component",
    explanation: "A component changes the kustomizations that name it. By itself it makes nothing, so nothing of it was judged.",
    remedy: "Scan the overlay that uses it too, or list it in .holdfastignore.",
  },
};
