import type { ExitCode } from "@holdfast/judge";

const FAILED: ExitCode = 4;

/** The process's stream of this name. A reader of our output that has seen enough (`| head`) ends the run without a word. */
function opened(name: "stdout" | "stderr"): NodeJS.WriteStream {
  const stream = process[name];
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") process.exitCode = FAILED;
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
