import { readFile } from "node:fs/promises";
import type { RequestOptions } from "node:https";
import type { Authenticator } from "@kubernetes/client-node/dist/auth.js";
import { bearToken } from "./bearer-token.ts";

/** The name under which a user's file of a token stands in what the client library is given. */
const PROVIDER = "holdfast-token-file";

interface Provider {
  readonly name?: unknown;
  readonly config?: { readonly file?: unknown };
}

function provider(user: { readonly authProvider?: unknown }): Provider {
  return typeof user.authProvider === "object" && user.authProvider !== null ? user.authProvider : {};
}

/**
 * Authenticates by the token in a file. It is read for each request, since whoever keeps the file may put a newer token in it at any time, and without the line's end that most files have and no header may
 * have. The client library would do neither.
 */
export class TokenFile implements Authenticator {
  /** A user's settings that name the file so that the client library leaves it to this. */
  static provider(file: string): Readonly<Record<string, unknown>> {
    return { name: PROVIDER, config: { file } };
  }

  isAuthProvider(user: { readonly authProvider?: unknown }): boolean {
    return provider(user).name === PROVIDER;
  }

  async applyAuthentication(user: { readonly authProvider?: unknown }, options: RequestOptions): Promise<void> {
    const file = String(provider(user).config?.file);
    let token: string;
    try {
      token = (await readFile(file, "utf8")).trim();
    } catch (error) {
      throw new Error(`the token file ${file} can't be read (${(error as NodeJS.ErrnoException).code ?? "no reason was given"})`, {
        cause: error,
      });
    }
    if (token === "") throw new Error(`the token file ${file} is empty`);
    bearToken(options, token);
  }
}
