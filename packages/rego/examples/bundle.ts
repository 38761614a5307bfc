// Write a signed bundle, load and verify it, evaluate it.
import { compile, loadBundles, writeBundle, type SourceFileSystem } from "@holdfast/rego";

const source = `package shop

allow if input.user in data.shop.staff
`;
const bytes = await writeBundle({
  modules: [{ file: "shop/rules.rego", source, version: "v1" }],
  data: { shop: { staff: ["ada"] } },
  revision: "7",
  roots: ["shop"],
  signing: { algorithm: "HS256", key: "a secret" },
});

// Files come from what is passed in: here there is one, and it is no folder.
const files: SourceFileSystem = { list: () => null, read: () => bytes };

const unverified = await loadBundles(["shop.tar.gz"], files, { version: "v1" });
console.log(unverified.faults[0]?.message);

const { bundles, modules, data, faults } = await loadBundles(["shop.tar.gz"], files, { version: "v1", verification: { key: "a secret" } });
console.log(faults.length, bundles[0]?.manifest.revision);

const { program } = compile({ modules });
console.log(program?.rule(["shop", "allow"])?.({ input: { user: "ada" }, data }).value);

// Prints:
// the bundle is signed, and there is no key to verify it with
// 0 7
// true
