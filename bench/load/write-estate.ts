import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { dump } from "js-yaml";
import type { Manifest } from "./manifest.ts";
import { shop } from "./shop.ts";

/** The objects of so many shops, in order. */
export function estate(shops: number): readonly Manifest[] {
  return Array.from({ length: shops }, (_, index) => Object.values(shop(index + 1)).flat()).flat();
}

/** Writes so many shops as YAML below a folder, one folder for each, in the way that people keep manifests. Returns the bytes written. */
export async function writeEstate(folder: string, shops: number): Promise<number> {
  let bytes = 0;
  for (let number = 1; number <= shops; number++) {
    const home = path.join(folder, `shop-${String(number).padStart(4, "0")}`);
    await mkdir(home, { recursive: true });
    for (const [name, manifests] of Object.entries(shop(number))) {
      const text = `# Shop ${number}\n${manifests.map((manifest) => dump(manifest, { noRefs: true, lineWidth: -1 })).join("---\n")}`;
      bytes += Buffer.byteLength(text);
      await writeFile(path.join(home, name), text);
    }
  }
  return bytes;
}
