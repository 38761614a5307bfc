import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import path from "node:path";

export type Platform = "linux-x64" | "linux-arm64";

/** The Node of this version for a platform: the one that runs this for its own, else from npm's package, which is fetched into the folder. */
export function nodeFor(platform: Platform, version: string, folder: string): string {
  if (platform === `${process.platform}-${process.arch}`) return process.execPath;
  const target = path.join(folder, platform);
  mkdirSync(target, { recursive: true });
  const packed = execFileSync("npm", ["pack", "--json", "--pack-destination", target, `node-${platform}@${version}`], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
    cwd: target,
  });
  const [one] = Object.values(JSON.parse(packed) as Readonly<Record<string, { readonly filename: string }>>);
  execFileSync("tar", ["-xzf", path.join(target, one?.filename ?? ""), "-C", target]);
  return path.join(target, "package/bin/node");
}
