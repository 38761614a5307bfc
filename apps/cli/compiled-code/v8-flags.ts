/** A flag of V8 that was changed while the program runs. */
interface ChangedFlag {
  readonly set: (flag: string) => void;
  readonly changed: string;
  readonly usual: string;
}

const flags: ChangedFlag[] = [];

/** Changes a flag of V8 by `set`, which is Node's `setFlagsFromString`; `usual` is the flag as it was. */
export function changeFlag(set: (flag: string) => void, changed: string, usual: string): void {
  set(changed);
  flags.push({ set, changed, usual });
}

/** Does something as if no flag had been changed: V8 takes compiled code only under the flags that it was written under. */
export function withUsualFlags<Result>(action: () => Result): Result {
  for (const { set, usual } of flags) set(usual);
  try {
    return action();
  } finally {
    for (const { set, changed } of flags) set(changed);
  }
}
