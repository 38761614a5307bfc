/**
 * What a Rego value can be and JSON has not: sets, objects with other keys than strings, and numbers that only their text carries. One class above them all, so that a
 * single question tells an object of JSON from them.
 */
export abstract class BeyondJson {
  /** Only for the compiler, which would take any object for one of these otherwise. */
  declare protected readonly beyondJson: true;
}
