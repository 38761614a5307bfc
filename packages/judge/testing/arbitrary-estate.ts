import fc from "fast-check";
import type { SampleEstate, SamplePod } from "./sample-estate.ts";

/** The controls of arbitrary estates. */
export const CONTROLS: readonly string[] = ["C-0001", "C-0002", "C-0003", "C-0004", "C-0005"];

const FILES: readonly string[] = ["apps/a/one.yaml", "apps/a/two.yaml", "apps/b/one.yaml", "apps/c/d/one.yaml", "top.yaml"];

const faults: fc.Arbitrary<readonly string[]> = fc.subarray([...CONTROLS]);

/** The same files and pods with other faults: the estate after a change of manifests. */
function withFaults(files: readonly { readonly file: string; readonly pods: number }[]): fc.Arbitrary<SampleEstate> {
  const pods = files.flatMap(({ file, pods: count }) =>
    Array.from({ length: count }, (_, place) => ({ file, name: `${file.replaceAll(/\W/gu, "-")}-${place}` })),
  );
  return fc.array(faults, { minLength: pods.length, maxLength: pods.length }).map((all) => {
    const judged = pods.map(({ file, name }, place): SamplePod & { readonly file: string } => ({ file, name, faults: all[place] ?? [] }));
    return {
      files: files.map(({ file }) => ({
        file,
        pods: judged.filter((pod) => pod.file === file).map(({ name, faults: own }) => ({ name, faults: own })),
      })),
      controls: CONTROLS,
      frameworks: [
        { id: "one", controls: ["C-0001", "C-0002", "C-0003"] },
        { id: "two", controls: ["C-0003", "C-0004"] },
      ],
    };
  });
}

const shape = fc
  .subarray([...FILES], { minLength: 2 })
  .chain((files) => fc.tuple(...files.map((file) => fc.integer({ min: 1, max: 3 }).map((pods) => ({ file, pods })))));

/** An estate of some files in some folders, with some pods that have some faults. */
export const arbitraryEstate: fc.Arbitrary<SampleEstate> = shape.chain(withFaults);

/** Several states of one estate, as branches and commits change it. */
export const arbitraryHistory: fc.Arbitrary<readonly SampleEstate[]> = shape.chain((files) =>
  fc.array(withFaults(files), { minLength: 2, maxLength: 5 }),
);
