/** Why a token, a key or a constraint cannot be used. */
export class JwtError extends Error {}
