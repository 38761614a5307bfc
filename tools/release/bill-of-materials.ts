import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { root } from "../run-tool.ts";

interface BillOfMaterials {
  serialNumber?: string;
  metadata: { timestamp?: string; component: { name: string; [key: string]: unknown }; [key: string]: unknown };
  components: readonly { readonly name: string; readonly version?: string }[];
  [key: string]: unknown;
}

/**
 * The software bill of materials of what is in the program, as CycloneDX by npm's own generator. It names the project's folder as the product and carries the time of its making: both are
 * replaced, so that the same commit has the same bill.
 */
export function billOfMaterials(version: string, time: string): string {
  const made = execFileSync("npm", ["sbom", "--sbom-format", "cyclonedx", "--workspace", "holdfast"], {
    cwd: root,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
    maxBuffer: 64 * 1024 * 1024,
  });
  const bill = JSON.parse(made) as BillOfMaterials;
  const { component } = bill.metadata;
  bill.metadata.timestamp = time;
  bill.metadata.component = { ...component, type: "application", name: "holdfast", version, purl: `pkg:npm/holdfast@${version}` };
  const digest = createHash("sha256").update(JSON.stringify(bill.components)).digest("hex");
  // A name-based UUID, version 8 (RFC 9562), of what is in it.
  bill.serialNumber = `urn:uuid:${digest.slice(0, 8)}-${digest.slice(8, 12)}-8${digest.slice(13, 16)}-a${digest.slice(17, 20)}-${digest.slice(20, 32)}`;
  return `${JSON.stringify(bill, null, 2)}\n`;
}
