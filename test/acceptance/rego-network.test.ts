// Rules reach the network only where the user says so, and only the hosts that are named.
import http from "node:http";
import type { AddressInfo } from "node:net";
import { currentCapabilities } from "@holdfast/rego";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runHoldfast, type Run } from "./run-holdfast.ts";
import { scratchFolder } from "./scratch-folder.ts";

let requests = 0;
const server = http.createServer((_, response) => {
  requests++;
  response.setHeader("content-type", "application/json").end('{"answer":42}');
});
let query: string;

beforeAll(async () => {
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  query = `http.send({"method": "get", "url": "http://127.0.0.1:${(server.address() as AddressInfo).port}/"}).body.answer`;
});
afterAll(() => void server.close());

const evaluate = (...options: readonly string[]): ReturnType<typeof runHoldfast> =>
  runHoldfast(["rego", "eval", "--strict-builtin-errors", "--format", "raw", ...options, query], { cwd: scratchFolder({}) });

test("rego eval reaches no host by itself, and says how to allow it", async () => {
  const { code, stderr } = await evaluate();
  expect(code).toBe(4);
  expect(stderr).toContain("eval_builtin_error");
  expect(stderr).toContain("--allow-network");
  expect(requests).toBe(0);
});

test("--allow-network reaches the hosts that it names", async () => {
  const other = await evaluate("--allow-network", "example.com,localhost");
  expect(other).toMatchObject({ code: 4, stderr: expect.stringContaining("disallowed host: 127.0.0.1") });
  expect(requests).toBe(0);
  expect(await evaluate("--allow-network", "127.0.0.1")).toMatchObject({ code: 0, stdout: "42\n" });
  expect(await evaluate("--allow-network", "any")).toMatchObject({ code: 0, stdout: "42\n" });
  expect(requests).toBe(2);
});

test("capabilities' allow_net narrows what --allow-network allows", async () => {
  requests = 0;
  const capabilities = async (hosts: readonly string[]): Promise<Run> => {
    const builtins = currentCapabilities().builtins ?? [];
    const cwd = scratchFolder({ "caps.json": JSON.stringify({ builtins, features: ["rego_v1"], allow_net: hosts }) });
    const options = ["--strict-builtin-errors", "--format", "raw", "--allow-network", "any", "--capabilities", "caps.json"];
    return runHoldfast(["rego", "eval", ...options, query], { cwd });
  };
  expect(await capabilities(["localhost"])).toMatchObject({
    code: 4,
    stderr: expect.stringContaining("disallowed host: 127.0.0.1") as string,
  });
  expect(requests).toBe(0);
  expect(await capabilities(["127.0.0.1"])).toMatchObject({ code: 0, stdout: "42\n" });
  expect(requests).toBe(1);
});
