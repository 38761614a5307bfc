const constructors = [Object, Array, String, Number, Boolean, BigInt, Function, RegExp, Map, Set, Promise, Error, Symbol] as const;

/** Objects that all code shares; a change to one of them is an escape. */
const shared: readonly object[] = [globalThis, JSON, Math, Reflect, ...constructors, ...constructors.map((one) => one.prototype as object)];

function properties(): string {
  return shared.map((one) => Reflect.ownKeys(one).map(String).join()).join(";");
}

/** Remembers what the shared objects have, and returns a check that throws once they have changed. */
export function watchShared(): () => void {
  // Some globals come into being when they are first read.
  const before = properties();
  return () => {
    // Taken away again, so that the next input is not blamed.
    const escaped = Object.hasOwn(globalThis, "escaped");
    Reflect.deleteProperty(globalThis, "escaped");
    if (escaped || properties() !== before) throw new Error("a shared object or the global one has changed");
  };
}
