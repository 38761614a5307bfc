// The sandbox's program as it is published: one file, which is all that it may read.
import path from "node:path";
import { expect, test } from "vitest";
import type { SandboxMessage, SandboxSetup } from "../../packages/rego/sandbox/messages.ts";
import { runSandboxProcess } from "../../packages/rego/sandbox/sandbox-process.ts";
import { effectiveLimits } from "../../packages/rego/sandbox/sandbox-limits.ts";
import { program } from "./run-holdfast.ts";

const file = path.join(path.dirname(program), "../dist/rego-sandbox.js");

test("the built program of a sandbox evaluates with leave to read nothing but itself", async () => {
  const limits = effectiveLimits({});
  const source = 'package armo_builtins\n\ndeny[msg] {\n\tinput[_].kind == "Pod"\n\tmsg := {"n": count(input)}\n}\n';
  const jobs = [{ name: "one", modules: [{ file: "one.rego", source }], rule: ["armo_builtins", "deny"] }];
  const setup: SandboxSetup = { type: "jobs", jobs, mark: "mark", now: null, seed: "", limits };
  const input = Array.from({ length: 3500 }, () => ({ kind: "Pod", text: "x".repeat(3000) }));
  const messages: SandboxMessage[] = [];
  const parts = [setup, input, {}].map((part) => Buffer.from(JSON.stringify(part)));
  expect(await runSandboxProcess({ file, readable: [file] }, limits, parts, (message) => messages.push(message))).toBeNull();
  expect(messages.at(-1)).toMatchObject({ type: "done", results: [{ element: null, value: [{ n: 3500 }] }], problem: null });
  expect(messages).toContainEqual({ type: "at", job: 0, file: "one.rego", line: 3 });
}, 60_000);
