import type { Finding } from "@holdfast/core";

/** The findings that a page has shown in full so far, by the fault that each is about. */
export interface ShownFaults {
  /** The other control under which this finding's fault is shown already, if there is one. */
  readonly controlThatShows: (finding: Finding) => string | undefined;
  readonly add: (finding: Finding) => void;
}

/**
 * What a finding says, and the edit that mends it. Two findings about one resource and the same participants are one fault to a
 * person when they say the same of the same place, however a rule spells it, or when one and the same edit mends both.
 */
function faultKeys({ resource, related, message, source, edit }: Finding): readonly string[] {
  const about = [resource, related];
  const place = source === undefined ? null : [source.file, source.line, source.column];
  const said = JSON.stringify([...about, place, message.toLowerCase()]);
  return edit === undefined ? [said] : [said, JSON.stringify([...about, edit.file, edit.replacements])];
}

/** A page that has shown nothing yet. */
export function nothingShown(): ShownFaults {
  const controls = new Map<string, string>();
  return {
    controlThatShows(finding) {
      for (const key of faultKeys(finding)) {
        const control = controls.get(key);
        if (control !== undefined && control !== finding.control) return control;
      }
      return undefined;
    },
    add(finding) {
      for (const key of faultKeys(finding)) {
        if (!controls.has(key)) controls.set(key, finding.control);
      }
    },
  };
}
