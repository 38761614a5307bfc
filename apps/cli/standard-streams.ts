import type { ExitCode } from "@holdfast/judge";
import { whyUnwritten } from "./file-reason.ts";

const FAILED: ExitCode = 4;

let isTold = false;

/** Takes note that it was said why standard output could not be written. */
export function tellOfOutput(): void {
  isTold = true;
}

/** The process's stream of this name. A reader of our output that has seen enough (`| head`) ends the run without a word; what else keeps it from being written is said at the end. */
function opened(name: "stdout" | "stderr"): NodeJS.WriteStream {
  const stream = process[name];
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") return;
    process.exitCode = FAILED;
    process.once("exit", () => {
      process.exitCode = FAILED;
      if (name === "stderr" || isTold) return;
      isTold = true;
      standardStreams.stderr.write(`holdfast: could not write standard output: ${whyUnwritten(error)}\n`);
    });
  });
  return stream;
}

let stdout: NodeJS.WriteStream | undefined;
let stderr: NodeJS.WriteStream | undefined;

/** Standard output and standard error, each opened when it is first asked for: that takes as long as a tenth of a start, and many runs write to neither. */
export const standardStreams: { readonly stdout: NodeJS.WriteStream; readonly stderr: NodeJS.WriteStream } = {
  get stdout() {
    return (stdout ??= opened("stdout"));
  },
  get stderr() {
    return (stderr ??= opened("stderr"));
  },
};
