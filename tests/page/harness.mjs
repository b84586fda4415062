// A browser for the checks, each with a page and a profile of its own.

import assert from "node:assert/strict";
import { mkdtemp, mkdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

/** The reports that are checked. */
export const given = process.argv.slice(2);
const option = (name) => {
  const at = given.indexOf(name);
  return at >= 0 ? given.splice(at, 2)[1] : null;
};
const shots = option("--shots");
const only = option("--only") ?? "";
assert(given.length, "which report?");
if (shots) await mkdir(shots, { recursive: true });
const options = {
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
  ],
  viewport: { width: 1280, height: 900 },
};

/** The names of the checks that passed and failed. */
export const done = { passed: [], failed: [] };

/** The name of the folder of a report. */
export const nameOf = (file) => path.basename(path.dirname(path.resolve(file)));

/** A browser with that profile; one that does not come up on a busy machine gets a second try. */
const launch = (profile, more) => {
  const start = () => chromium.launchPersistentContext(profile, { ...options, ...more });
  return start().catch(start);
};

/** Runs `body` with a fresh profile; what the console or the policy complains of fails it. */
export async function check(name, body, { file = given[0], hash = "", ...more } = {}) {
  if (!name.includes(only)) return;
  const profile = await mkdtemp(path.join(tmpdir(), "bitim-page-"));
  const context = await launch(profile, more);
  try {
    const page = await context.newPage();
    const complaints = [];
    page.on("console", (message) => ["error", "warning"].includes(message.type()) && complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("request", (request) => /^https?:/.test(request.url()) && complaints.push(request.url()));
    await page.goto(pathToFileURL(path.resolve(file)).href + hash);
    await body(page, async (shot) => shots && page.screenshot({ path: path.join(shots, `${shot}.png`) }), complaints);
    assert.deepEqual(complaints, [], "complaints");
    done.passed.push(name);
    console.log(`ok    ${name}`);
  } catch (error) {
    done.failed.push(name);
    console.log(`FAIL  ${name}\n${error.message}`);
  } finally {
    await context.close();
    await rm(profile, { recursive: true, force: true });
  }
}

/** What the page gives its script. */
export const data = (page) => page.evaluate(() => JSON.parse(document.getElementById("data").textContent));

/** The rows of a table. */
export const rowsOf = (table) => `#table-${table} tbody tr`;

/** The cases of the rows that are not hidden. */
export const shown = (page, selector) =>
  page.$$eval(selector, (rows) => rows.filter((row) => !row.hidden).map((row) => row.dataset.case));

/** Opens everything that can be opened. */
export const open = (page) =>
  page.$$eval("details", (list) => list.forEach((details) => { details.open = true; }));
