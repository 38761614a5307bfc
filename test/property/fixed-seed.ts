// A set-up file of vitest. HOLDFAST_PROPERTY_SEED gives every property test the same random numbers in each run, so that a run judges a commit and not its luck.
// Without it each run takes new ones, which is how properties find what nobody thought of.
const given = process.env["HOLDFAST_PROPERTY_SEED"];
if (given !== undefined) {
  const seed = Number(given);
  if (!Number.isSafeInteger(seed)) throw new Error(`HOLDFAST_PROPERTY_SEED must be a whole number, and is ${given}`);
  const { configureGlobal } = await import("fast-check");
  configureGlobal({ seed });
}
