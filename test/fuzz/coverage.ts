// Which of the engine's source has run, as V8 counts blocks.
import { Session, type Profiler } from "node:inspector";

/** Collects coverage over many runs, and tells when something ran for the first time. */
export class Coverage {
  private readonly session: Session = new Session();
  private readonly scripts: Map<string, { readonly hit: Uint8Array; readonly known: Uint8Array }> = new Map();
  private readonly folders: readonly string[];

  /** Takes notice only of files in `folders`, below `packages/rego/`. Counting begins at once. */
  constructor(folders: readonly string[]) {
    this.folders = folders.map((folder) => `/packages/rego/${folder}/`);
    this.session.connect();
    this.session.post("Profiler.enable");
    this.session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
  }

  /** Adds what has run since the last call, and returns whether any of it is new. */
  grew(): boolean {
    let grown = false;
    this.session.post("Profiler.takePreciseCoverage", (error, { result }) => {
      if (error !== null) throw error;
      for (const script of result) {
        if (this.folders.some((folder) => script.url.includes(folder))) grown = this.add(script) || grown;
      }
    });
    return grown;
  }

  /** The part of the characters within functions that have run, in percent. */
  percent(): number {
    let [hit, known] = [0, 0];
    for (const script of this.scripts.values()) {
      script.known.forEach((is, i) => {
        known += is;
        hit += is & (script.hit[i] ?? 0);
      });
    }
    return known === 0 ? 0 : (hit / known) * 100;
  }

  private add(script: Profiler.ScriptCoverage): boolean {
    const size = Math.max(0, ...script.functions.flatMap((one) => one.ranges.map((range) => range.endOffset)));
    const known = this.scripts.get(script.url);
    const total =
      known === undefined || known.hit.length < size ? { hit: enlarged(known?.hit, size), known: enlarged(known?.known, size) } : known;
    this.scripts.set(script.url, total);
    const now = new Uint8Array(size);
    for (const { functionName, ranges } of script.functions) {
      for (const { startOffset, endOffset, count } of ranges) {
        now.fill(count > 0 ? 1 : 0, startOffset, endOffset);
        if (functionName !== "") total.known.fill(1, startOffset, endOffset);
      }
    }
    let grown = false;
    for (let i = 0; i < size; i++) {
      if (now[i] === 1 && total.hit[i] === 0) {
        total.hit[i] = 1;
        grown = true;
      }
    }
    return grown;
  }
}

function enlarged(old: Uint8Array | undefined, size: number): Uint8Array {
  const result = new Uint8Array(size);
  if (old !== undefined) result.set(old);
  return result;
}
