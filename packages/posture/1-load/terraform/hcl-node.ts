/** A value of HCL or of Terraform's JSON, with its place. */
export type HclNode = HclScalar | HclList | HclMap | HclExpression;

interface Placed {
  readonly start: number;
  readonly end: number;
}

export interface HclScalar extends Placed {
  readonly kind: "scalar";
  readonly value: string | number | boolean | null;
}

export interface HclList extends Placed {
  readonly kind: "list";
  readonly items: readonly HclNode[];
}

/** A body of a block, or an object. A key may be there several times: blocks. */
export interface HclMap extends Placed {
  readonly kind: "map";
  readonly entries: readonly HclEntry[];
}

export interface HclEntry extends Placed {
  readonly key: string;
  /** The labels of a block; undefined for an attribute. */
  readonly labels?: readonly string[];
  /** Whether it stands in Terraform's JSON, where blocks and objects are written alike. */
  readonly json?: true;
  readonly value: HclNode;
}

/** What is no literal. */
export interface HclExpression extends Placed {
  readonly kind: "expression";
  /** The parts of a text with `${…}` in it; one expression that is all of it. */
  readonly parts: readonly (string | HclReference)[];
  /** Whether it is a text, whatever its parts are. */
  readonly isText: boolean;
}

/** An expression: `var.image`, say. */
export interface HclReference {
  readonly source: string;
}

/** Why a text is not HCL, and where. */
export class HclFault extends Error {
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.name = "HclFault";
    this.offset = offset;
  }
}
