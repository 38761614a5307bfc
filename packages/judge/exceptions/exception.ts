import type { LabelSelector } from "./label-selector.ts";
import type { Pattern } from "./pattern.ts";
import type { Premise } from "./premises/premise.ts";

/** The forms that exceptions are written in; `annotation` is what an object says of itself. */
export type ExceptionForm = "SecurityException" | "ClusterSecurityException" | "postureExceptionPolicy" | "annotation";

/** What an exception does with a finding. The two differ in what is made of an accepted finding elsewhere; here both accept it. */
export type ExceptionAction = "ignore" | "alert_only";

/** Which controls an exception is about. All that is not null must match. */
export interface ControlScope {
  readonly control: Pattern | null;
  readonly controlName: Pattern | null;
  readonly framework: Pattern | null;
  readonly rule: Pattern | null;
  readonly action: ExceptionAction;
}

/** Which objects an exception is about, by what they are. All that is there must match. */
export interface Target {
  readonly apiGroup?: Pattern;
  readonly kind?: Pattern;
  readonly namespace?: Pattern;
  readonly name?: Pattern;
  readonly cluster?: Pattern;
  /** The file that the object stands in. */
  readonly path?: Pattern;
  /** `apiVersion/namespace/kind/name`. */
  readonly resourceID?: Pattern;
  readonly containerName?: Pattern;
  /** Labels or annotations of the object. */
  readonly labels: readonly (readonly [key: string, value: Pattern])[];
}

/** An exception, whatever its form: what it accepts, why, and until when. */
export interface Exception {
  /** Unique among those that are given; that of a namespaced object has its namespace in front. */
  readonly name: string;
  readonly form: ExceptionForm;
  /** The file that it stands in; null where it comes from a cluster or an object. */
  readonly file: string | null;
  readonly line: number | null;
  readonly reason: string;
  readonly author: string | null;
  /** RFC 3339, as written. */
  readonly expires: string | null;
  /** It is about a control where one of these is; empty for every control. */
  readonly controls: readonly ControlScope[];
  /** It is about an object where one of these is; empty for every object. */
  readonly targets: readonly Target[];
  /** The namespace that it is bound to. */
  readonly namespace: string | null;
  readonly namespaceSelector: LabelSelector | null;
  readonly objectSelector: LabelSelector | null;
  /** Images of the containers that a finding is about; empty for any. */
  readonly images: readonly Pattern[];
  /** The one object that it is about, as its place among the resources of a scan; null but for annotations. */
  readonly object: number | null;
  /** It says of itself that it is about the whole cluster. */
  readonly clusterWide: boolean;
  readonly premises: readonly Premise[];
  /** What it says of vulnerabilities, as it was read; posture has no use for it. */
  readonly vulnerabilities: readonly unknown[];
}
