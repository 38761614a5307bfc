import { readFileSync } from "node:fs";
import { brotliDecompressSync } from "node:zlib";
import { expect, test } from "vitest";
import { mono, sans, sansBold } from "../packages/report/pdf/fonts.ts";
import { fontFiles } from "./report-fonts.ts";

test.each(Object.entries({ sans, sansBold, mono }))(
  "%s is the font of its package: run tools/generate-fonts.ts where it is not",
  (name, text) => {
    const font = brotliDecompressSync(Buffer.from(text, "base64"));
    expect(font.equals(readFileSync(fontFiles[name] ?? ""))).toBe(true);
  },
);
