import { defineBuiltin, types, type Builtin } from "@holdfast/rego";
import type { ImageSignatures } from "./image-signatures.ts";

/**
 * The builtins that rules about signatures call, answered by `signatures`; without these their calls are undefined. A call is undefined, too, where the answer could not be
 * had: `signatures` then knows why.
 */
export function cosignBuiltins(signatures: ImageSignatures | null): readonly Builtin[] {
  return [
    defineBuiltin({
      name: "cosign.verify",
      args: [types.string, types.string],
      result: types.boolean,
      nondeterministic: true,
      evaluate: (context, image, publicKey) =>
        signatures?.verify(image, publicKey) ??
        context.fail("eval_builtin_error", `cosign.verify: the signatures of ${image} are not known`),
    }),
    defineBuiltin({
      name: "cosign.has_signature",
      args: [types.string],
      result: types.boolean,
      nondeterministic: true,
      evaluate: (context, image) =>
        signatures?.hasSignature(image) ??
        context.fail("eval_builtin_error", `cosign.has_signature: the signatures of ${image} are not known`),
    }),
  ];
}
