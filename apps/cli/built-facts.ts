import type { Control, Library } from "@holdfast/core";

/** A library as the build keeps it: one JSON without the controls' help, which is half of it, and the help with a line for each control. Most scans show that of a few. */
export interface BuiltFacts {
  readonly facts: string;
  readonly help: string;
}

/** Takes a library apart. */
export function writeFacts(library: Library): BuiltFacts {
  const controls = library.controls.map(({ help: _help, ...rest }) => rest);
  return { facts: JSON.stringify({ ...library, controls }), help: library.controls.map(({ help }) => JSON.stringify(help)).join("\n") };
}

/** The library that was taken apart. The text of the help is asked for when that of a control is. */
export function readFacts(facts: string, helpText: () => string): Library {
  const library = JSON.parse(facts) as Omit<Library, "controls"> & { readonly controls: readonly Omit<Control, "help">[] };
  let lines: readonly string[] | undefined;
  const controls = library.controls.map((control, place): Control => {
    let help: Control["help"] | undefined;
    return {
      ...control,
      get help() {
        lines ??= helpText().split("\n");
        help ??= JSON.parse(lines[place] ?? "") as Control["help"];
        return help;
      },
    };
  });
  return { ...library, controls };
}
