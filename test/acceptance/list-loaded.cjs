// Preloaded by start.test.ts: writes down which files of the program a run loads.
const { writeFileSync } = require("node:fs");

process.on("exit", () => {
  writeFileSync(process.env["LOADED_LIST"], JSON.stringify(Object.keys(require.cache)));
});
