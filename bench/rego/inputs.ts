import { fromJson, type RegoValue } from "@holdfast/rego";

/** Parsed inputs. */
export class Inputs {
  private readonly kept: number;
  private text: string = "";
  private values: RegoValue[] = [];

  /** `kept` is how many of the same input are kept and given again; 0 for none. */
  constructor(kept: number) {
    this.kept = kept;
  }

  /** So many values of a text, no two of them the same object as long as no more are asked for than are kept. */
  of(text: string, count: number): readonly RegoValue[] {
    if (this.kept === 0) return Array.from({ length: count }, () => fromJson(text));
    if (text !== this.text) this.values = [];
    this.text = text;
    while (this.values.length < Math.min(count, this.kept)) this.values.push(fromJson(text));
    return Array.from({ length: count }, (_, i) => this.values[i % this.kept] as RegoValue);
  }
}
