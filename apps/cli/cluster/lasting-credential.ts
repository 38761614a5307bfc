/** What comes to its end within this time is asked for anew, in ms. */
const MARGIN = 10_000;

/** A credential that is asked for once for as long as it lasts; several requests at the same time ask once. */
export class LastingCredential<Credential> {
  /** When a credential ends, in ms since 1970; null where it lasts as long as the program runs. */
  readonly #endOf: (credential: Credential) => number | null;
  #known: Promise<Credential> | null = null;

  constructor(endOf: (credential: Credential) => number | null) {
    this.#endOf = endOf;
  }

  /** Whether a credential lasts long enough for a request. */
  lasts(credential: Credential): boolean {
    const end = this.#endOf(credential);
    return end === null || end > Date.now() + MARGIN;
  }

  /** The credential that was asked for last, while it lasts; else what `ask` gives now. */
  async get(ask: () => Promise<Credential>): Promise<Credential> {
    const asked = this.#known;
    if (asked !== null) {
      const known = await asked;
      if (this.lasts(known)) return known;
      // Whoever came first has asked again by now.
      if (this.#known !== asked && this.#known !== null) return this.#known;
    }
    this.#known = ask();
    return this.#known;
  }

  /** Forgets the credential: the server does not accept it, whatever it says of its time. */
  forget(): void {
    this.#known = null;
  }
}
