import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const ATTEMPTS = `
import fs from "node:fs";
import net from "node:net";
import dns from "node:dns";
import dgram from "node:dgram";
import http from "node:http";
import { closeDoors } from ${JSON.stringify(path.join(import.meta.dirname, "close-doors.ts"))};
closeDoors();
const attempts = {
  tcp: () => net.connect(9, "127.0.0.1"),
  listening: () => net.createServer().listen(0),
  http: () => http.get({ host: "127.0.0.1", port: 9, agent: false }),
  udp: () => dgram.createSocket("udp4").send("x", 9, "127.0.0.1"),
  names: () => dns.lookup("localhost", () => {}),
  // What code made from text would have.
  fetch: () => new Function("return fetch")().call(),
  process: () => new Function("return process.env")(),
  globals: () => new Function("return globalThis.process.binding")(),
  timers: () => new Function("return setTimeout(() => {})")(),
};
const open = [];
for (const [name, attempt] of Object.entries(attempts)) {
  try { attempt(); open.push(name); } catch {}
}
try { await new Function("return import('node:fs')")(); open.push("import"); } catch {}
fs.writeSync(1, JSON.stringify({ open, clock: [Date.now(), +new Date(), Date().slice(11, 15), new Date(5).getTime()], chance: Math.random() }));
`;

test("after the doors are closed nothing leads to the machine, its clock or its chance", async () => {
  const run = promisify(execFile);
  const { stdout } = await run(process.execPath, ["--no-warnings", "--input-type=module", "--eval", ATTEMPTS], { env: { TZ: "UTC" } });
  expect(JSON.parse(stdout)).toEqual({ open: [], clock: [0, 0, "1970", 5], chance: 0 });
});
