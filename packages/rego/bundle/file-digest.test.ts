// Digests are those that OPA 1.22 writes into signatures for the same files.
import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { fileDigest } from "./file-digest.ts";

const digest = (file: string, text: string): string => fileDigest(file, new TextEncoder().encode(text), "SHA-256");

test.each([
  ["a/b/data.json", '{"x":1}\n', "5041bf1f713df204784353e82f6a4a535931cb64f1f4b4a5aeaffcb720918b22"],
  ["data.json", '{"a":{"b":{"x":1},"y":2}}\n', "52754a0d19fc630431f0db054274ddffe02670009fced82ff882f10fc590c077"],
  ["data.yaml", "y: 2\n", "9a51a7767c3d6fbab05a874b052aa49174a280702a278208810f9cd1a9ef3afa"],
  [".manifest", '{"revision":"r1","roots":["a"],"metadata":{"k":1}}\n', "7a509cfee85c6794505c5357c5c3279758e8f7f8466c0d0f6a4a3e0206f79a05"],
  [
    "data.json",
    String.raw`{"h":"<a>&\u2028é\u0001","b":[1,2.50,1e3,true,null,"x",{"z":1,"a":2}],"big":12345678901234567890123,"e":{},"l":[]}`,
    "5ea05f0816d92880a8686271812fcff124d22b148666f33ce7b3333eb1632209",
  ],
  ["data.yml", "b:   1\na: 2\n", "d3626ac30a87e6f7a6428233b3c68299976865fa5508e4267c5415c76af7a772"],
  ["foo.yaml", "b:   1\na: 2\n", "8b6ac0c0b43316d60adf231f655af4743b760ce065af1c9a3310a5cc9208dfb7"],
  ["foo.json", '{ "b":1, "a":2 }', "d94932a711b5a8c27ca8df9b7d7ca947ff4830185bfa46d94f8d910202b7791d"],
  ["n/data.json", "1.0", "d0ff5974b6aa52cf562bea5921840c032a860a91a3512f7fe8f768f6bbe005f6"],
])("%s: %s", (file, text, expected) => {
  expect(digest(file, text)).toBe(expected);
});

test("white space and the order of members make no difference to documents, and all to other files", () => {
  expect(digest("a/data.json", '{ "b": 1, "a": [ 2 ] }')).toBe(digest("a/data.json", '{"a":[2],"b":1}'));
  expect(digest("a.rego", "package a")).toBe(createHash("sha256").update("package a").digest("hex"));
  expect(digest("a.rego", "package a")).not.toBe(digest("a.rego", "package  a"));
});

test("a name such as __proto__ is part of what is signed", () => {
  expect(digest("a/data.json", '{"__proto__": 1}')).not.toBe(digest("a/data.json", "{}"));
});

test("algorithms that are broken or unknown are refused", () => {
  for (const name of ["MD5", "SHA-1", "none"]) expect(() => fileDigest("a.rego", new Uint8Array(), name)).toThrow("which is not accepted");
  expect(fileDigest("a.rego", new Uint8Array(), "SHA-512")).toHaveLength(128);
});

test("what claims to be JSON and is none can't be verified", () => {
  expect(() => digest("a/data.json", "{")).toThrow("it is no JSON");
});
