/** How much emitted code is kept, in UTF-16 units: about a thousand rules of ordinary size. What V8 has made of it takes several times as much. */
const limit = 16_000_000;

/**
 * Functions by the text that they were made from: programs with the same rules share them, and with them what the engine has compiled already. A function keeps nothing
 * of a program; it gets all it needs as arguments. What was used longest ago goes first when there is too much; what is larger than all there may be is not kept.
 */
export class EmittedFunctions<T> {
  private readonly kept: Map<string, T> = new Map();
  private readonly most: number;
  private size = 0;

  constructor(most: number = limit) {
    this.most = most;
  }

  /** The function of a text, made with `make` if it is not known. */
  get(text: string, make: () => T): T {
    const known = this.kept.get(text);
    if (known !== undefined) {
      this.kept.delete(text);
      this.kept.set(text, known);
      return known;
    }
    const made = make();
    if (text.length > this.most) return made;
    this.kept.set(text, made);
    this.size += text.length;
    for (const oldest of this.kept.keys()) {
      if (this.size <= this.most) break;
      this.kept.delete(oldest);
      this.size -= oldest.length;
    }
    return made;
  }
}
