/** The parts of a `package-lock.json` (version 3) that are read here. */
export interface Lock {
  readonly packages: Readonly<Record<string, LockedPackage>>;
  readonly [key: string]: unknown;
}

interface LockedPackage {
  readonly version?: string;
  readonly license?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly [key: string]: unknown;
}

/**
 * Adds the optional packages that a lock file names and has no entry for. A registry that carries only some platforms' packages makes npm leave the others out of the
 * lock file without a word; `npm ci` then refuses it as out of step, on every platform. The entries say the version that is pinned and the platform that the name
 * says; they have no digest, since there was nothing to take one of. Returns the places that were added.
 */
export function completeLock(lock: Lock): { readonly lock: Lock; readonly added: readonly string[] } {
  const missing: Record<string, LockedPackage> = {};
  for (const [holder, { license, optionalDependencies = {} }] of Object.entries(lock.packages)) {
    for (const [name, version] of Object.entries(optionalDependencies)) {
      const found = lookUp(lock, holder, name);
      if (found !== null && (found.version === version || !/^\d/u.test(version))) continue;
      // A place that another version has is left to it.
      const place = found === null ? `node_modules/${name}` : `${holder}/node_modules/${name}`;
      const { cpu, libc, os } = platformOf(name);
      // In the order in which npm would write them.
      missing[place] = { version, cpu, dev: true, ...(libc && { libc }), ...(license && { license }), optional: true, os };
    }
  }
  const packages = Object.fromEntries(Object.entries({ ...lock.packages, ...missing }).sort(([a], [b]) => a.localeCompare(b, "en")));
  return { lock: { ...lock, packages }, added: Object.keys(missing) };
}

/** What a package that names another would get: from its own `node_modules`, or from one of a folder above. */
function lookUp(lock: Lock, holder: string, name: string): LockedPackage | null {
  // `node_modules/a/node_modules/b` looks in its own folder, then in `node_modules/a`, then in the root.
  for (let folder = holder; folder !== ""; folder = folder.slice(0, Math.max(0, folder.lastIndexOf("node_modules/") - 1))) {
    const found = lock.packages[`${folder}/node_modules/${name}`];
    if (found !== undefined) return found;
  }
  return lock.packages[`node_modules/${name}`] ?? null;
}

/** The system and processor that the name of a platform's package ends in, in the words of `package.json`. */
function platformOf(name: string): { readonly cpu: readonly string[]; readonly os: readonly string[]; readonly libc?: readonly string[] } {
  const parts = /(?<os>android|darwin|freebsd|linux|openharmony|win32)-(?<cpu>[a-z0-9]+)(?:-(?<abi>[a-z]+))?$/u.exec(name)?.groups;
  if (parts === undefined)
    throw new Error(`${name} is missing from the lock file, and its name tells no platform: install where the registry has it`);
  const { os = "", cpu = "", abi = "" } = parts;
  const libc = os !== "linux" ? null : abi.startsWith("musl") ? "musl" : "glibc";
  return { cpu: [cpu], os: [os], ...(libc === null || abi === "" ? {} : { libc: [libc] }) };
}
