import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { brotliCompressSync, constants } from "node:zlib";
import { create } from "fontkit";

const resolve = createRequire(import.meta.url).resolve.bind(null);

/** The files of the fonts of the report's PDF, by the names of their constants. All are of IBM Plex (OFL-1.1). */
export const fontFiles: Readonly<Record<string, string>> = {
  sans: resolve("@expo-google-fonts/ibm-plex-sans/400Regular/IBMPlexSans_400Regular.ttf"),
  sansBold: resolve("@expo-google-fonts/ibm-plex-sans/600SemiBold/IBMPlexSans_600SemiBold.ttf"),
  mono: resolve("@expo-google-fonts/ibm-plex-mono/400Regular/IBMPlexMono_400Regular.ttf"),
};

/** The characters that every one of the fonts has, as ranges of code points. */
function commonRanges(fonts: readonly Uint8Array[]): readonly (readonly [from: number, to: number])[] {
  const sets = fonts.map((bytes) => {
    const font = create(Buffer.from(bytes));
    if (!("characterSet" in font)) throw new Error("a file holds several fonts");
    return new Set(font.characterSet);
  });
  const [first = new Set<number>(), ...others] = sets;
  const common = [...first].filter((code) => others.every((set) => set.has(code))).sort((a, b) => a - b);
  const ranges: [number, number][] = [];
  for (const code of common) {
    const last = ranges.at(-1);
    if (last !== undefined && last[1] === code - 1) last[1] = code;
    else ranges.push([code, code]);
  }
  return ranges;
}

/** The module that gives the report its fonts: each compressed (Brotli) and in base64, so that the report reads no file, in a checkout as in the bundle. */
export async function reportFonts(): Promise<string> {
  const bytes = await Promise.all(Object.values(fontFiles).map(async (file) => readFile(file)));
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } };
  const fonts = Object.keys(fontFiles).map((name, at) => {
    const text = brotliCompressSync(bytes[at] ?? new Uint8Array(), quality).toString("base64");
    return `export const ${name}: string = ${JSON.stringify(text)};`;
  });
  return `// Made by tools/generate-fonts.ts of IBM Plex Sans and IBM Plex Mono, Copyright 2017 IBM Corp. with Reserved Font Name "Plex", under the SIL Open Font License 1.1.
// TrueType files, compressed by Brotli, in base64.

${fonts.join("\n\n")}

/** The characters that all three have: ranges of code points. */
export const ranges: readonly (readonly [from: number, to: number])[] = ${JSON.stringify(commonRanges(bytes))};
`;
}
