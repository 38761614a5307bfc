/** `a/b/../c` without its detours; `..` remains only at the start, where the way leaves the root. */
function normalise(path: string): string {
  const steps: string[] = [];
  for (const step of path.split("/")) {
    if (step === "" || step === ".") continue;
    if (step === ".." && steps.length > 0 && steps.at(-1) !== "..") steps.pop();
    else steps.push(step);
  }
  return (path.startsWith("/") ? "/" : "") + steps.join("/");
}

/**
 * A file as code hosts name it: from the root of the repository, by the way from there to where files are named from (`sourcePrefix`, ending with `/`, or empty).
 * An absolute path stays one; one that leaves the repository begins with `..`.
 */
export function repositoryPath(file: string, sourcePrefix: string): string {
  return normalise(file.startsWith("/") ? file : `${sourcePrefix}${file}`);
}
