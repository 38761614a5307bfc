import { identityOf, type KubernetesObject, type Parameters } from "@holdfast/core";
import { evaluateRuleAlone, type CompiledLibrary, type ImageSignatures, type RuleOutcome, type SignatureFailure } from "@holdfast/posture";
import type { RuleCase } from "./rule-case.ts";

/** Signatures as a case tells them, in place of registries. */
export class SignaturesOfCase implements ImageSignatures {
  #keys: Readonly<Record<string, readonly string[] | null>> = {};
  #failures: SignatureFailure[] = [];

  /** What the registries say from now on. */
  tell(keys: Readonly<Record<string, readonly string[] | null>>): void {
    this.#keys = keys;
  }

  hasSignature(image: string): boolean | undefined {
    const keys = this.#keysOf(image);
    return keys === undefined ? undefined : keys.length > 0;
  }

  verify(image: string, publicKey: string): boolean | undefined {
    // So that a case can say what becomes of a key that can't be read.
    if (publicKey === "no-key") return undefined;
    return this.#keysOf(image)?.includes(publicKey);
  }

  takeFailures(): readonly SignatureFailure[] {
    return this.#failures.splice(0);
  }

  #keysOf(image: string): readonly string[] | undefined {
    const keys = this.#keys[image] ?? null;
    if (keys !== null) return keys;
    this.#failures.push({ image, cause: "the case names no answer" });
    return undefined;
  }
}

/** What a case's rule says of its input. The library must have been compiled with these signatures. */
export function evaluateCase(
  compiled: CompiledLibrary,
  signatures: SignaturesOfCase,
  rule: string,
  one: RuleCase,
  defaults: Parameters,
): RuleOutcome | null {
  signatures.tell(one.signatures ?? {});
  return evaluateRuleAlone(compiled, rule, one.input, {
    parameters: { ...defaults, ...one.parameters },
    cloudProvider: one.cloudProvider ?? "",
  });
}

/** The objects that counted as judged, as a case names them: those of the filter, and those with findings. */
export function judgedTexts(outcome: RuleOutcome): readonly string[] {
  if (outcome.problem !== null) return [];
  const objects = [...outcome.judged, ...outcome.findings.map(({ object }) => object)].filter((object) => object !== null);
  const names = objects.map((object) => identityOf(object as unknown as KubernetesObject));
  return [...new Set(names.map(({ kind, namespace, name }) => `${kind}/${namespace}/${name}`))].sort();
}
