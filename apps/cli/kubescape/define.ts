/** What becomes of a flag of Kubescape's: */
export type FlagMeaning =
  /** The same flag is here; `note` says what is different about it. */
  | { readonly same: true; readonly note?: string }
  /** It has another name here; its value is taken as it is, or said otherwise. */
  | { readonly becomes: string; readonly value?: (value: string) => string }
  /** It has no effect here, since what it asks for is always so; with another value than these it is refused. */
  | { readonly always: string; readonly values?: readonly string[] }
  /** It is refused, with what to use instead. */
  | { readonly instead: string };

/** A flag of Kubescape's commands. */
export interface FlagAlias {
  /** With its dashes, long and short. */
  readonly names: readonly string[];
  /** Whether it takes a value. */
  readonly takesValue: boolean;
  readonly meaning: FlagMeaning;
  /** The command that it is a flag of, where another command here has a flag of this name that means something else. */
  readonly command?: string;
}

/** A command of Kubescape's, with the words that call it. */
export interface CommandAlias {
  readonly words: readonly string[];
  readonly meaning: { readonly same: true } | { readonly becomes: readonly string[] } | { readonly instead: string };
}
