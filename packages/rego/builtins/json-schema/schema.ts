// A compiled JSON Schema. https://json-schema.org/specification-links, drafts 4, 6 and 7
import type { RegoNumber } from "../../runtime/value.ts";
import type { Pattern } from "../pattern.ts";

/** Why a schema is none. */
export class SchemaError extends Error {}

/** What a schema demands; a keyword that it does not have is undefined. */
export interface Schema {
  /** A schema that is `true` or `false`. */
  readonly always?: boolean;
  /** Taken from elsewhere; nothing else counts then. */
  readonly reference?: () => Schema;
  readonly types: readonly string[];
  readonly allOf: readonly Schema[];
  readonly anyOf: readonly Schema[];
  readonly oneOf: readonly Schema[];
  readonly not?: Schema;
  readonly condition?: Schema;
  readonly then?: Schema;
  readonly otherwise?: Schema;
  /** What an object must have, or be like, if it has a property. */
  readonly dependentNames: ReadonlyMap<string, readonly string[]>;
  readonly dependentSchemas: ReadonlyMap<string, Schema>;
  /** The JSON of the value that must be, or of one of those. */
  readonly constant?: string;
  readonly choices?: readonly string[];
  readonly format?: string;
  /** All items, or the first ones in their order. */
  readonly items?: Schema;
  readonly positions?: readonly Schema[];
  readonly additionalItems?: boolean | Schema;
  readonly contains?: Schema;
  readonly uniqueItems: boolean;
  readonly properties: ReadonlyMap<string, Schema>;
  readonly patternProperties: readonly { readonly pattern: Pattern; readonly schema: Schema }[];
  readonly additionalProperties?: boolean | Schema;
  readonly propertyNames?: Schema;
  readonly required: readonly string[];
  readonly pattern?: { readonly source: string; readonly pattern: Pattern };
  readonly limits: Limits;
}

export interface Limits {
  readonly multipleOf?: RegoNumber;
  readonly maximum?: RegoNumber;
  readonly exclusiveMaximum?: RegoNumber;
  readonly minimum?: RegoNumber;
  readonly exclusiveMinimum?: RegoNumber;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minProperties?: number;
  readonly maxProperties?: number;
}
