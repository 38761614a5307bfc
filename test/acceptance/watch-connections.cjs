// Loaded before the program in every run of the acceptance tests: writes down each connection that leaves the machine, by the place that it goes to.
"use strict";
const fs = require("node:fs");
const net = require("node:net");
const dgram = require("node:dgram");
const dns = require("node:dns");

const log = process.env.HOLDFAST_CONNECTION_LOG;

function isHere(host) {
  return (
    host === undefined || host === null || host === "" || /^(?:localhost|::1|::|0\.0\.0\.0|127\.\d+\.\d+\.\d+|::ffff:127\..*)$/u.test(host)
  );
}

function note(what, host) {
  if (!isHere(host)) fs.appendFileSync(log, `${what} ${host}: ${process.argv.slice(2).join(" ").slice(0, 200)}\n`);
}

const { connect } = net.Socket.prototype;
net.Socket.prototype.connect = function (...args) {
  const first = Array.isArray(args[0]) ? args[0][0] : args[0];
  if (typeof first === "object" && first !== null) {
    if (first.path === undefined || first.path === null) note("connect", first.host);
  } else if (typeof args[1] === "string") note("connect", args[1]);
  return connect.apply(this, args);
};

const { send } = dgram.Socket.prototype;
dgram.Socket.prototype.send = function (...args) {
  note(
    "send",
    args.findLast((arg) => typeof arg === "string"),
  );
  return send.apply(this, args);
};

for (const target of [dns, dns.promises, dns.Resolver.prototype, dns.promises.Resolver.prototype]) {
  for (const name of Object.getOwnPropertyNames(target)) {
    if (!/^(?:lookup|resolve|reverse)/u.test(name) || typeof target[name] !== "function") continue;
    const original = target[name];
    target[name] = function (host, ...rest) {
      note(`dns.${name}`, host);
      return original.call(this, host, ...rest);
    };
  }
}
