// What a sandbox gives up before it reads a word of a stranger's: everything of the machine but the two pipes it has. Rules can't become code in the first place; this
// is the second wall, for the day that the first has a hole.
import dgram from "node:dgram";
import dns from "node:dns";
import module from "node:module";
import net from "node:net";

const MACHINE_GLOBALS = [
  ..."process fetch WebSocket EventSource XMLHttpRequest navigator localStorage sessionStorage Worker MessageChannel BroadcastChannel WebAssembly".split(
    " ",
  ),
  ..."SharedArrayBuffer Atomics setTimeout setInterval setImmediate queueMicrotask performance console require gc Storage CacheStorage caches".split(
    " ",
  ),
];

function refuse(): never {
  throw new Error("a sandbox has no way to the machine");
}

/** The constructor of dates without a clock: without arguments it gives the start of 1970. */
function stillDate(): DateConstructor {
  const RealDate = Date;
  const Still = new Proxy(RealDate, {
    construct: (target, args, self) => Reflect.construct(target, args.length === 0 ? [0] : args, self) as object,
    apply: () => new RealDate(0).toString(),
  });
  RealDate.now = () => 0;
  Object.defineProperty(RealDate.prototype, "constructor", { value: Still });
  return Still;
}

/** Closes the network, the loading of modules, the clock, chance, and the globals that lead to the machine. It can't be undone. */
export function closeDoors(): void {
  for (const prototype of [net.Socket.prototype, net.Server.prototype, dgram.Socket.prototype]) {
    for (const name of ["connect", "listen", "bind", "send"]) {
      if (name in prototype) Object.defineProperty(prototype, name, { value: refuse });
    }
  }
  for (const name of ["lookup", "resolve"] as const) Object.defineProperty(dns, name, { value: refuse });
  module.registerHooks({ resolve: refuse, load: refuse });
  Object.defineProperty(globalThis, "Date", { value: stillDate(), writable: false, configurable: false });
  Object.defineProperty(Math, "random", { value: () => 0, writable: false, configurable: false });
  for (const name of MACHINE_GLOBALS) {
    Object.defineProperty(globalThis, name, { value: undefined, writable: false, configurable: false });
  }
}
