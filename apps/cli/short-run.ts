import { getHeapSpaceStatistics, setFlagsFromString } from "node:v8";
import { changeFlag } from "./compiled-code/v8-flags.ts";

// Node is tuned for servers that run for days. A scan is over in a second, and should leave the machine's other cores and memory alone.

/** Leaves out the slowest of V8's compilers: on a run this short its work costs more processor time than it saves. Measured in `bench -- scan`, also for large estates. */
export function compileForShortRun(): void {
  changeFlag(setFlagsFromString, "--no-turbofan", "--turbofan");
}

const ENOUGH_BYTES = 16 * 1024 * 1024;

/** Keeps V8 from growing the space for young objects further once it has a useful size. To be called now and then while memory is being used. */
export class YoungSpace {
  #bounded = false;

  bound(): void {
    if (this.#bounded) return;
    const size = getHeapSpaceStatistics().find(({ space_name: name }) => name === "new_space")?.space_size ?? 0;
    if (size < ENOUGH_BYTES) return;
    changeFlag(setFlagsFromString, "--semi-space-growth-factor=1", "--semi-space-growth-factor=2");
    this.#bounded = true;
  }
}
