// Opens reports in Chromium and does with them what a reader does.
//
//   node tests/page/check.mjs REPORT.html... [--shots FOLDER] [--only PART-OF-A-NAME]
//
// The first report is gone through in full; what depends on data or language is checked in every one.

import { done } from "./harness.mjs";

for (const part of ["filters", "tables", "keyboard", "reading"]) await import(`./${part}.mjs`);

console.log(`${done.passed.length} passed, ${done.failed.length} failed`);
process.exitCode = done.failed.length || !done.passed.length ? 1 : 0;
