import type { RequestOptions } from "node:https";

/** Puts a token on a request: https://www.rfc-editor.org/rfc/rfc6750#section-2.1 */
export function bearToken(options: RequestOptions, token: string): void {
  options.headers = { ...(options.headers as Record<string, string> | undefined), Authorization: `Bearer ${token}` };
}
