// `npm run mutate [-- RULE … | --sample N | --library FOLDER | --least PERCENT | --list]`: changes each condition of the library's rules, one at a time, and looks whether a case of
// the rule fails. Survivors that the library's `mutants.yaml` does not accept are listed. Exits with 1 when too many survive, or when an accepted one does so no more.
import path from "node:path";
import { parseArgs } from "node:util";
import { entryFor, readAcceptedSurvivors, reviewSurvivors } from "./accepted-survivors.ts";
import { LibraryUnderTest } from "./library-under-test.ts";
import { tryMutants, type TriedMutant } from "./try-mutants.ts";

const USAGE = "usage: npm run mutate -- [RULE …] [--sample N] [--library FOLDER] [--least PERCENT] [--list]";

function readArguments(): { rules: readonly string[]; every: number; folder: string; least: number; list: boolean } | null {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        sample: { type: "string", default: "1" },
        library: { type: "string", default: path.join(import.meta.dirname, "../../library") },
        least: { type: "string", default: "85" },
        list: { type: "boolean", default: false },
      },
    });
    const every = Number(values.sample);
    const least = Number(values.least);
    if (!Number.isInteger(every) || every < 1 || !(least >= 0 && least <= 100)) return null;
    return { rules: positionals, every, folder: path.resolve(values.library), least, list: values.list };
  } catch {
    return null;
  }
}

const count = (tried: readonly TriedMutant[], fate: TriedMutant["fate"]): number => tried.filter((one) => one.fate === fate).length;

/** The share of the mutants that compile which a case notices, in per cent; 100 where there are none. */
function share(tried: readonly TriedMutant[]): number {
  const compiled = tried.length - count(tried, "not-compiled");
  return compiled === 0 ? 100 : (100 * count(tried, "killed")) / compiled;
}

function main(): number {
  const given = readArguments();
  if (given === null) {
    console.error(USAGE);
    return 2;
  }
  const begun = performance.now();
  const library = new LibraryUnderTest(given.folder);
  const accepted = readAcceptedSurvivors(path.join(given.folder, "mutants.yaml"));
  const files = new Set<string>();
  const below: string[] = [];
  const tried = tryMutants(library, given, (file, ofFile) => {
    files.add(file.replace(/^library\//u, ""));
    const line = `${file}: ${count(ofFile, "killed")} of ${ofFile.length - count(ofFile, "not-compiled")} noticed`;
    if (share(ofFile) < given.least) below.push(line);
    if (process.stderr.isTTY) process.stderr.write(`\r\u001B[K${line}`);
  });
  if (process.stderr.isTTY) process.stderr.write("\r\u001B[K");

  // A sample leaves mutants out, so that it can't say that an entry is of no use any more. What is no more in the library is stale in a run over all of it.
  const everything = given.rules.length === 0 && given.every === 1;
  const inFull = given.every > 1 ? new Set<string>() : everything ? new Set([...files, ...accepted.map(({ file }) => file)]) : files;
  const { unlisted, accepted: known, stale } = reviewSurvivors(tried, accepted, inFull);
  for (const { mutant } of unlisted) {
    if (given.list) console.log(`- ${JSON.stringify({ ...entryFor(mutant), reason: "" })}`);
    else console.log(`survived: ${mutant.file}:${mutant.line} ${mutant.rule}: ${mutant.change}: ${mutant.condition}`);
  }
  for (const entry of stale)
    console.log(`accepted, but no longer survives: ${entry.file} ${entry.in}: ${entry.change}: ${entry.condition}`);
  if (below.length > 0) console.log(`\nfiles below ${given.least} %:\n  ${below.join("\n  ")}`);

  const percent = share(tried);
  console.log(
    `\n${tried.length} mutants of ${files.size} files in ${((performance.now() - begun) / 1000).toFixed(1)} s: ${count(tried, "killed")} noticed by a case, ` +
      `${count(tried, "survived")} survived (${known.length} of them accepted), ${count(tried, "not-compiled")} do not compile\n` +
      `${percent.toFixed(1)} % noticed, ${given.least} % asked for`,
  );
  return percent < given.least || stale.length > 0 ? 1 : 0;
}

try {
  process.exitCode = main();
} catch (error) {
  console.error(`mutate: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 2;
}
