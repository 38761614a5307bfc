/**
 * What a user says about rendering, as it was written. A value may be meant for one chart: `NAME=…`, where NAME is the name or the path of a chart that was found;
 * `*=…` is meant for every chart, whatever follows.
 */
export interface RenderingOptions {
  /** Values files. */
  readonly values: readonly string[];
  /** `key=value`, as Helm's flags of these names have it. */
  readonly set: readonly string[];
  readonly setString: readonly string[];
  readonly setFile: readonly string[];
  readonly releaseName: readonly string[];
  readonly releaseNamespace: readonly string[];
  readonly kubeVersion: readonly string[];
  readonly overlays?: OverlayOptions;
  /** The absolute path of a folder with packaged charts, for releases that name them. */
  readonly chartCache?: string;
}

/** What a user says about Kustomize's overlays. */
export interface OverlayOptions {
  /** Whether Kustomize may start Helm, for `helmCharts`. */
  readonly enableHelm: boolean;
  /** Whether kustomizations may read files outside of their own folders, of the same repository. */
  readonly anyFiles: boolean;
}

export const NO_RENDERING_OPTIONS: RenderingOptions = {
  values: [],
  set: [],
  setString: [],
  setFile: [],
  releaseName: [],
  releaseNamespace: [],
  kubeVersion: [],
};
