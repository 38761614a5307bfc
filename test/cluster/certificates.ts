import { execFileSync } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { writeFileSync } from "node:fs";
import path from "node:path";

/** Paths of a certificate and its key, in PEM. */
export interface Identity {
  readonly certificate: string;
  readonly key: string;
}

function openssl(...args: readonly string[]): void {
  execFileSync("openssl", args, { stdio: ["ignore", "ignore", "pipe"] });
}

/** An authority of one test cluster: signs the server's certificate and those of its users, which are valid for a day. */
export class Authority {
  /** The authority's own certificate. */
  readonly certificate: string;
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
    const { certificate, key } = this.#paths("ca");
    this.certificate = certificate;
    this.#writeKey(key);
    const extensions = ["-addext", "basicConstraints=critical,CA:TRUE", "-addext", "keyUsage=critical,keyCertSign,cRLSign"];
    openssl("req", "-x509", "-new", "-key", key, "-subj", "/CN=holdfast-test", "-days", "1", "-out", certificate, ...extensions);
  }

  /** The certificate of the server on loopback. */
  server(): Identity {
    return this.#sign("server", "/CN=kube-apiserver", ["subjectAltName=IP:127.0.0.1,DNS:localhost"]);
  }

  /** The certificate of a user: the API server takes the name and the groups from its subject. */
  user(name: string, groups: readonly string[] = []): Identity {
    const subject = [...groups.map((group) => `/O=${group}`), `/CN=${name}`].join("");
    return this.#sign(`user-${name.replaceAll(/[^\w-]/gu, "_")}`, subject, []);
  }

  #paths(name: string): Identity {
    return { certificate: path.join(this.#folder, `${name}.crt`), key: path.join(this.#folder, `${name}.key`) };
  }

  #writeKey(file: string): void {
    const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    writeFileSync(file, privateKey.export({ type: "pkcs8", format: "pem" }));
  }

  #sign(name: string, subject: string, extensions: readonly string[]): Identity {
    const made = this.#paths(name);
    const [request, config] = [path.join(this.#folder, `${name}.csr`), path.join(this.#folder, `${name}.ext`)];
    this.#writeKey(made.key);
    writeFileSync(config, ["extendedKeyUsage=clientAuth,serverAuth", "keyUsage=digitalSignature", ...extensions, ""].join("\n"));
    openssl("req", "-new", "-key", made.key, "-subj", subject, "-out", request);
    const { certificate, key } = this.#paths("ca");
    const signer = ["-CA", certificate, "-CAkey", key, "-CAcreateserial"];
    openssl("x509", "-req", "-in", request, ...signer, "-days", "1", "-extfile", config, "-out", made.certificate);
    return made;
  }
}
