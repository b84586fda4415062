// Contact sheets: many figures on one picture, to be looked at by somebody.
//
//   node tests/page/sheets.mjs SHEET.png FIGURE.svg…
//
// They stand in columns at half their size on print, each under the name of its file.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { chromium } from "playwright-core";

const [sheet, ...figures] = process.argv.slice(2);
assert(sheet && figures.length > 0, "which sheet, and which figures?");
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu"],
});
try {
  const shown = await Promise.all(figures.map(async (file) => {
    const drawing = (await readFile(file)).toString("base64");
    const name = path.join(path.basename(path.dirname(file)), path.basename(file, ".svg"));
    return `<figure><figcaption>${name}</figcaption><img src="data:image/svg+xml;base64,${drawing}"></figure>`;
  }));
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 }, deviceScaleFactor: 1.5 });
  await page.setContent(`<!doctype html><style>
    body { columns: 340px; column-gap: 8px; margin: 8px; background: #888; font: 11px sans-serif }
    figure { break-inside: avoid; margin: 0 0 8px } img { width: 100% } figcaption { color: #fff }
  </style>${shown.join("")}`);
  await page.screenshot({ path: sheet, fullPage: true });
} finally {
  await browser.close();
}
