/** So many results are kept of a function. */
const most = 1024;

/** Where fewer than one in so many calls finds its result, keeping results costs more than it saves. */
const worthwhile = 8;

/** Stands for a result that is not known. */
export const nothing: unique symbol = Symbol("not computed");

/** The only second argument that a first one has come with, and the result: mostly there is no other, and many maps of one entry would take much memory. */
interface Pair {
  readonly second: unknown;
  readonly result: unknown;
}

/**
 * What a function gave for the arguments that it was called with in an evaluation. Objects are told apart by identity, so that looking costs the same however large they are;
 * it gives up where the same ones do not come again. Functions of the language have no effects, and give the same again.
 */
export class RememberedCalls {
  /** Results of nobody: see `EvaluationContext.lasting`. */
  static readonly lasting: RememberedCalls = new RememberedCalls();
  static {
    this.lasting.keepPair(null, null, null);
  }
  private readonly results: Map<unknown, unknown> = new Map();
  private kept = 0;
  private found = 0;
  private isOff = false;

  /** The result for an argument; `nothing` where it is not known. */
  find(argument: unknown): unknown {
    if (this.isOff) return nothing;
    const result = this.results.get(argument);
    if (result === undefined && !this.results.has(argument)) return nothing;
    this.found++;
    return result;
  }

  /** The result for two arguments; `nothing` where it is not known. */
  findPair(first: unknown, second: unknown): unknown {
    if (this.isOff) return nothing;
    const known = this.results.get(first) as Pair | Map<unknown, unknown> | undefined;
    let result: unknown = nothing;
    if (known instanceof Map) result = known.has(second) ? known.get(second) : nothing;
    else if (known !== undefined && known.second === second) ({ result } = known);
    if (result !== nothing) this.found++;
    return result;
  }

  /** Keeps a result, and gives it back. */
  keep<T>(argument: unknown, result: T): T {
    if (this.isOpen()) this.results.set(argument, result);
    return result;
  }

  /** The same for a function of two arguments. */
  keepPair<T>(first: unknown, second: unknown, result: T): T {
    if (!this.isOpen()) return result;
    const known = this.results.get(first) as Pair | Map<unknown, unknown> | undefined;
    if (known === undefined) this.results.set(first, { second, result });
    else if (known instanceof Map) known.set(second, result);
    else
      this.results.set(
        first,
        new Map([
          [known.second, known.result],
          [second, result],
        ]),
      );
    return result;
  }

  /** Makes room for one more; false where it has given up. */
  private isOpen(): boolean {
    if (this.isOff) return false;
    if (this.kept >= most) {
      this.isOff = this.found * worthwhile < this.kept + this.found;
      this.results.clear();
      this.kept = 0;
      this.found = 0;
    }
    this.kept++;
    return !this.isOff;
  }
}
