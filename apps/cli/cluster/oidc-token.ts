import { readFile } from "node:fs/promises";
import https, { type RequestOptions } from "node:https";
import { json } from "node:stream/consumers";
import type { Authenticator } from "@kubernetes/client-node/dist/auth.js";
import { bearToken } from "./bearer-token.ts";
import { fieldsOf, type Fields } from "./fields.ts";
import { LastingCredential } from "./lasting-credential.ts";

/** The name under which a user's OpenID Connect settings stand in what the client library is given. */
const PROVIDER = "holdfast-oidc";
/** No issuer may keep a scan longer with one answer, in ms. */
const TIME_LIMIT = 20_000;

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** When a token ends, in ms since 1970; 0 where it does not say. */
function endOf(token: string): number {
  try {
    const claims = fieldsOf(JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString()));
    return (Number(claims["exp"]) || 0) * 1000;
  } catch {
    return 0;
  }
}

/** The authority that signed the issuer's certificate, where the settings name one. */
async function authorityOf(config: Fields): Promise<{ readonly ca?: Buffer }> {
  const data = text(config["idp-certificate-authority-data"]);
  if (data !== "") return { ca: Buffer.from(data, "base64") };
  const file = text(config["idp-certificate-authority"]);
  return file === "" ? {} : { ca: await readFile(file) };
}

/** Asks the issuer. Throws with what it says of itself where it refuses. */
async function ask(url: string, options: RequestOptions, form?: URLSearchParams): Promise<Fields> {
  if (URL.parse(url)?.protocol !== "https:") throw new Error(url === "" ? "an address is missing" : `${url} is not https`);
  const { promise, resolve, reject } = Promise.withResolvers<Fields>();
  const signal = AbortSignal.timeout(TIME_LIMIT);
  const request = https.request(url, { ...options, method: form === undefined ? "GET" : "POST", signal }, (response) => {
    const status = response.statusCode ?? 0;
    json(response).then(
      (body) => {
        const answer = fieldsOf(body);
        if (status >= 200 && status < 300) return resolve(answer);
        const said = [answer["error"], answer["error_description"]].map(text).filter((one) => one !== "");
        return reject(new Error(said.length === 0 ? `it answered ${status}` : said.join(": ")));
      },
      () => reject(new Error(`it answered ${status}, and no JSON`)),
    );
  });
  request.on("error", (error) => reject(signal.aborted ? new Error(`there was no answer in ${TIME_LIMIT / 1000} s`) : error));
  request.end(form?.toString());
  return promise;
}

/** Has the issuer give another id-token for the refresh-token: https://openid.net/specs/openid-connect-core-1_0.html#RefreshTokens, by the methods of https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1 */
async function refreshed(config: Fields): Promise<string> {
  const [issuer, client, secret] = [config["idp-issuer-url"], config["client-id"], config["client-secret"]].map(text);
  const authority = await authorityOf(config);
  const known = await ask(`${(issuer ?? "").replace(/\/$/u, "")}/.well-known/openid-configuration`, authority);
  const methods = known["token_endpoint_auth_methods_supported"];
  // The header is what every issuer takes that does not say otherwise.
  const inHeader = secret !== "" && (!Array.isArray(methods) || methods.includes("client_secret_basic"));
  const form = new URLSearchParams({ grant_type: "refresh_token", refresh_token: text(config["refresh-token"]) });
  if (!inHeader) form.set("client_id", client ?? "");
  if (!inHeader && secret !== "") form.set("client_secret", secret ?? "");
  const credentials = [client, secret].map((one) => encodeURIComponent(one ?? "")).join(":");
  const headers = {
    "content-type": "application/x-www-form-urlencoded",
    accept: "application/json",
    ...(inHeader ? { authorization: `Basic ${Buffer.from(credentials).toString("base64")}` } : {}),
  };
  const token = text((await ask(text(known["token_endpoint"]), { ...authority, headers }, form))["id_token"]);
  if (token === "") throw new Error("there was none in its answer");
  return token;
}

/**
 * Authenticates by OpenID Connect as kubeconfigs have it (`auth-provider: {name: oidc}`): with the id-token while it lasts, then with one that the issuer gives for the refresh-token, which is asked for once, since
 * an issuer may take a refresh-token only once. The client library does this for each request, without the client's secret, and fails. The kubeconfig stays as it is.
 */
export class OidcToken implements Authenticator {
  readonly #token = new LastingCredential(endOf);

  /** The settings of an OIDC provider so that the client library leaves it to this. */
  static provider(config: unknown): Fields {
    return { name: PROVIDER, config };
  }

  isAuthProvider(user: { readonly authProvider?: unknown }): boolean {
    return fieldsOf(user.authProvider)["name"] === PROVIDER;
  }

  async applyAuthentication(user: { readonly authProvider?: unknown }, options: RequestOptions): Promise<void> {
    const config = fieldsOf(fieldsOf(user.authProvider)["config"]);
    bearToken(options, await this.#token.get(() => this.#lasting(config)));
  }

  /** The id-token of the settings while it lasts, else another for the refresh-token. */
  async #lasting(config: Fields): Promise<string> {
    const own = text(config["id-token"]);
    if (this.#token.lasts(own)) return own;
    const missing = ["client-id", "refresh-token", "idp-issuer-url"].filter((key) => text(config[key]) === "");
    if (missing.length > 0) {
      const state = own === "" ? "is missing" : "has come to its end";
      throw new Error(`the id-token of the kubeconfig ${state}, and to get another its user lacks ${missing.join(", ")}: log in again`);
    }
    try {
      return await refreshed(config);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new Error(`the issuer ${text(config["idp-issuer-url"])} gave no other id-token: ${reason}; log in again`, { cause: error });
    }
  }
}
