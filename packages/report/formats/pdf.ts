import { pdfDocument } from "../pdf/document.ts";
import type { Format } from "./define.ts";

/** A document for auditors (tagged PDF 1.7): scope, method, limits, results by framework section, findings and accepted risks. */
export const pdf: Format = { render: pdfDocument };
