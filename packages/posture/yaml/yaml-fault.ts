/** A text that can't be read as YAML the way Kubernetes reads it. */
export class YamlFault extends Error {
  /** `syntax`: no YAML; `value`: YAML that holds what JSON can't; `aliases`: an alias bomb. */
  readonly kind: "syntax" | "value" | "aliases";
  /** Where in the file's text. */
  readonly offset: number;

  constructor(kind: YamlFault["kind"], message: string, offset: number) {
    super(message);
    this.name = "YamlFault";
    this.kind = kind;
    this.offset = offset;
  }
}
