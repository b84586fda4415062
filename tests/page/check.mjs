// Opens reports in Chromium and does with them what a reader does.
//
//   node tests/page/check.mjs REPORT.html... [--shots FOLDER]
//
// The first report is gone through in full; every one is held against axe-core in both colour schemes.

import assert from "node:assert/strict";
import { mkdtemp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const given = process.argv.slice(2);
const at = given.indexOf("--shots");
const shots = at >= 0 ? given.splice(at, 2)[1] : null;
assert(given.length, "which report?");
if (shots) await mkdir(shots, { recursive: true });
const [first] = given;
const address = (file) => pathToFileURL(path.resolve(file)).href;
const browser = process.env.CHROMIUM ?? "/usr/bin/chromium";
const options = {
  executablePath: browser,
  args: [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
  ],
  viewport: { width: 1280, height: 900 },
};

let passed = 0;
const failed = [];

/** Runs `body` with a fresh profile; what the console or the policy complains of fails it. */
async function check(name, body, { file = first, hash = "", ...more } = {}) {
  const profile = await mkdtemp(path.join(tmpdir(), "bitim-page-"));
  const context = await chromium.launchPersistentContext(profile, { ...options, ...more });
  try {
    const page = await context.newPage();
    const complaints = [];
    page.on("console", (message) => ["error", "warning"].includes(message.type()) && complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("request", (request) => /^https?:/.test(request.url()) && complaints.push(request.url()));
    await page.goto(address(file) + hash);
    await body(page, async (shot) => shots && page.screenshot({ path: path.join(shots, `${shot}.png`) }), complaints);
    assert.deepEqual(complaints, [], "complaints");
    passed += 1;
    console.log(`ok    ${name}`);
  } catch (error) {
    failed.push(name);
    console.log(`FAIL  ${name}\n${error.message}`);
  } finally {
    await context.close();
    await rm(profile, { recursive: true, force: true });
  }
}

const data = (page) => page.evaluate(() => JSON.parse(document.getElementById("data").textContent));
const rowsOf = (table) => `#table-${table} tbody tr`;
const shown = (page, selector) => page.$$eval(selector, (rows) => rows.filter((row) => !row.hidden).map((row) => row.dataset.case));

await check("filter: rows, marks and the count agree with the cases", async (page, shot) => {
  await shot("top");
  const { cases } = await data(page);
  const before = await page.locator("tbody tr[hidden], .outside").count();
  assert.equal(before, 0);
  const period = cases[0].period[0];
  await page.selectOption("#filter-period", period);
  const kept = cases.filter((one) => one.period.includes(period)).map((one) => one.id);
  assert(kept.length > 0 && kept.length < cases.length);
  assert.match(await page.locator("#filter output").innerText(), new RegExp(`\\b${kept.length}\\b.*\\b${cases.length}\\b`));
  assert.deepEqual((await shown(page, rowsOf("cases"))).sort(), kept.sort());
  const lit = await page.$$eval("#figure-timeline g[data-case]:not(.outside)", (marks) => marks.map((mark) => mark.dataset.case));
  assert.deepEqual([...new Set(lit)].sort(), kept);
  const periods = await page.$$eval(rowsOf("roles"), (rows) => rows.map((row) => [row.dataset.period, row.hidden]));
  for (const [of, hidden] of periods) assert.equal(hidden, of !== undefined && of !== period, of);
  await page.locator("#table-roles h3").scrollIntoViewIfNeeded();
  await shot("filtered");
  await page.fill("#filter-search", "no such case");
  assert.deepEqual(await shown(page, rowsOf("cases")), []);
  await page.click("#filter button[type=reset]");
  await page.waitForFunction(() => !document.querySelector("tbody tr[hidden], .outside"));
  const [one] = cases;
  await page.fill("#filter-search", one.title.toUpperCase());
  assert((await shown(page, rowsOf("cases"))).includes(one.id));
});

await check("filter: every facet keeps the cases that have the code", async (page) => {
  const { cases } = await data(page);
  for (const facet of ["period", "role", "outcome", "party"]) {
    const codes = await page.$$eval(`#filter-${facet} option`, (list) => list.map((one) => one.value).filter(Boolean));
    assert(codes.length > 1, facet);
    for (const code of codes.slice(0, 6)) {
      await page.selectOption(`#filter-${facet}`, code);
      const kept = cases.filter((one) => one[facet].includes(code)).map((one) => one.id);
      assert.deepEqual((await shown(page, rowsOf("cases"))).sort(), kept.sort(), `${facet} ${code}`);
    }
    await page.selectOption(`#filter-${facet}`, "");
  }
});

await check("hover: the tooltip says what the mark said, can be hovered, and goes", async (page, shot) => {
  const source = await readFile(first, "utf8");
  const mark = page.locator("#figure-timeline .mark[data-case]").nth(2);
  await mark.scrollIntoViewIfNeeded();
  await mark.locator("text").first().hover();
  const tip = page.locator("#tip");
  await tip.waitFor({ state: "visible" });
  const said = await tip.locator("p").innerText();
  const named = await mark.getAttribute("aria-label");
  assert.equal(said, named);
  const drawn = source.slice(source.indexOf('id="figure-timeline"'));
  assert(drawn.includes(`<title>${said.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;")}</title>`), said);
  const { cases } = await data(page);
  const id = await mark.getAttribute("data-case");
  for (const [, fact] of cases.find((one) => one.id === id).facts) {
    assert((await tip.textContent()).includes(fact), fact);
  }
  await shot("tooltip");
  await tip.hover();
  await page.waitForTimeout(600);
  assert(await tip.isVisible(), "hovered, it stays");
  await page.mouse.move(2, 2);
  await tip.waitFor({ state: "hidden" });
});

await check("keyboard: one stop a figure, arrows between marks, Escape closes", async (page) => {
  const stops = await page.$$eval(".drawing", (list) => list.map((drawing) => [
    drawing.querySelectorAll(".mark").length,
    drawing.querySelectorAll("[tabindex='0']").length + Number(drawing.tabIndex === 0),
  ]));
  assert(stops.some(([marks]) => marks > 0));
  for (const [, tabs] of stops) assert.equal(tabs, 1);
  const figures = await page.$$eval(".drawing svg", (list) => list.filter((svg) => svg.querySelector(".mark")).map((svg) => svg.id));
  for (const id of figures) {
    await page.locator(`#${id} .mark[tabindex='0']`).focus();
    const all = await page.locator(`#${id} .mark`).count();
    const seen = new Set();
    for (let step = 0; step < all; step += 1) {
      seen.add(await page.evaluate(() => [...document.querySelectorAll(".mark")].indexOf(document.activeElement)));
      assert(await page.locator("#tip").isVisible(), `${id} ${step}`);
      if (step < all - 1) await page.keyboard.press("ArrowRight");
    }
    assert.equal(seen.size, all, `${id}: every mark is reached`);
    await page.keyboard.press("Home");
    await page.keyboard.press("Escape");
    assert(!(await page.locator("#tip").isVisible()));
    assert(await page.evaluate(() => document.activeElement.matches(".mark")), "the focus stays");
    await page.keyboard.press("Tab");
    assert(!(await page.evaluate((svg) => document.getElementById(svg).contains(document.activeElement), id)), "one stop");
  }
});

await check("sort: numbers, missing last, third click restores; by keyboard", async (page, shot) => {
  await page.$$eval("details.numbers", (list) => list.forEach((details) => { details.open = true; }));
  const tables = await page.$$eval("main table", (list) => list.length);
  for (let place = 0; place < tables; place += 1) {
    const table = page.locator("main table").nth(place);
    const texts = () => table.locator("tbody tr").allTextContents();
    const before = await texts();
    const buttons = table.locator("th .sort");
    const columns = await buttons.count();
    assert.equal(columns > 0, before.length > 1);
    for (const column of columns ? [0, columns - 1] : []) {
      for (const way of ["ascending", "descending"]) {
        await buttons.nth(column).evaluate((button) => button.click());
        assert.equal(await table.locator("thead th").nth(column).getAttribute("aria-sort"), way);
        const gaps = await table.locator("tbody tr").evaluateAll((rows, at) => rows.map((row) => Boolean(row.cells[at].querySelector(".missing"))), column);
        assert(gaps.lastIndexOf(false) < (gaps.indexOf(true) + 1 || Infinity), "missing last");
      }
      await buttons.nth(column).evaluate((button) => button.click());
      assert.deepEqual(await texts(), before);
      assert.equal(await table.locator("[aria-sort]").count(), 0);
    }
  }
  const events = page.locator("#table-cases thead th").last();
  await events.locator("button").focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  const counts = await page.$$eval(rowsOf("cases"), (rows) => rows.map((row) => Number(row.cells[row.cells.length - 1].textContent)));
  assert.deepEqual(counts, [...counts].sort((one, other) => other - one));
  assert.equal(await events.getAttribute("aria-sort"), "descending");
  await shot("sorted");
  const share = page.locator("#table-roles .sort").nth(await page.$$eval("#table-roles thead th", (heads) => heads.length - 1));
  await share.click();
  const values = await page.$$eval("#table-roles tbody tr", (rows) => rows.map((row) => {
    const [, n, of] = /(\d+)\/(\d+)/.exec(row.cells[row.cells.length - 1].textContent) ?? [];
    return Number(of) ? n / of : Infinity;
  }));
  assert.deepEqual(values, [...values].sort((one, other) => one - other));
});

await check("download: the table as shown", async (page) => {
  const { cases } = await data(page);
  await page.selectOption("#filter-period", cases[0].period[0]);
  await page.$$eval("#table-cases details", ([details]) => { details.open = true; });
  const waiting = page.waitForEvent("download");
  await page.click("#table-cases .files button");
  const download = await waiting;
  assert.equal(download.suggestedFilename(), "cases-shown.csv");
  const text = await readFile(await download.path(), "utf8");
  const kept = cases.filter((one) => one.period.includes(cases[0].period[0]));
  assert.equal(text.trimEnd().split("\r\n").length, kept.length + 1);
  for (const one of kept) assert(text.includes(one.title.replaceAll('"', '""')), one.title);
});

await check("deep link: filter and section come back, links keep the filter", async (page) => {
  assert.equal(await page.inputValue("#filter-role"), "broker");
  assert(await page.locator("#table-outcomes details.numbers").evaluate((details) => details.open));
  const top = await page.locator("#table-outcomes").evaluate((section) => section.getBoundingClientRect().top);
  assert(Math.abs(top) < 200, `scrolled there: ${top}`);
  await page.selectOption("#filter-outcome", "process");
  assert(page.url().endsWith("#table-outcomes?role=broker&outcome=process") || page.url().endsWith("#table-outcomes?outcome=process&role=broker"), page.url());
  await page.evaluate(() => document.querySelector(".contents a[href='#table-cases']").click());
  await page.waitForFunction(() => location.hash.startsWith("#table-cases?"));
  assert.equal(await page.inputValue("#filter-role"), "broker");
  await page.locator("#table-roles .head .anchor").click();
  assert(page.url().includes("#table-roles?"), page.url());
  await page.locator(".note").filter({ hasText: /\S/ }).waitFor();
  const again = page.url();
  await page.reload();
  assert.equal(page.url(), again);
  assert.equal(await page.inputValue("#filter-outcome"), "process");
}, { hash: "#table-outcomes?role=broker" });

await check("print: everything, unfiltered, without the controls", async (page) => {
  await page.fill("#filter-search", "no such case");
  assert((await page.locator("tbody tr[hidden]").count()) > 0);
  await page.emulateMedia({ media: "print" });
  await page.$$eval("details.numbers", (list) => list.forEach((details) => { details.open = true; }));
  await page.waitForFunction(() => [...document.querySelectorAll("tbody tr")].every((row) => row.getClientRects().length));
  const faint = await page.$$eval(".outside", (marks) => marks.filter((mark) => getComputedStyle(mark).opacity !== "1").length);
  assert.equal(faint, 0);
  for (const control of ["#filter", ".filtered", ".anchor", ".note"]) {
    assert(!(await page.locator(control).first().isVisible()), control);
  }
});

for (const width of [320, 390]) {
  await check(`phone: nothing scrolls sideways at ${width} px`, async (page, shot) => {
    const wide = () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    await shot(`phone-${width}`);
    assert.equal(await wide(), 0);
    await page.$$eval("details", (list) => list.forEach((details) => { details.open = true; }));
    await page.fill("#filter-search", "a");
    assert.equal(await wide(), 0, "opened and filtered");
    await page.locator("#filter").scrollIntoViewIfNeeded();
    await shot(`phone-filter-${width}`);
    const mark = page.locator("#figure-timeline .mark[data-case]:not(.outside)").first();
    await mark.focus();
    await page.keyboard.press("ArrowRight");
    assert.equal(await wide(), 0, "with a tooltip");
    await shot(`phone-tooltip-${width}`);
  }, { viewport: { width, height: 700 } });
}

await check("targets are 24 px high and wide", async (page) => {
  await page.fill("#filter-search", "a");
  await page.$$eval("details", (list) => list.forEach((details) => { details.open = true; }));
  const small = await page.$$eval("button, select, input, .anchor, .contents a, .files a, .cited a, summary", (list) => list
    .map((element) => [element.className || element.tagName, element.getBoundingClientRect()])
    .filter(([, box]) => box.width && (box.width < 24 || box.height < 24))
    .map(([name, box]) => `${name} ${box.width}×${box.height}`));
  assert.deepEqual([...new Set(small)], []);
});

await check("without a script the page is whole and shows no control", async (page) => {
  assert(!(await page.locator("#filter").isVisible()));
  assert(!(await page.locator(".filtered").isVisible()));
  assert.equal(await page.locator("th button, .files button, .anchor").count(), 0);
  assert((await page.locator("svg g > title").count()) > 0);
  assert.equal(await page.locator(".drawing svg[role=img]").count(), await page.locator(".drawing svg").count());
  assert((await page.locator("tbody tr").count()) > 0);
}, { javaScriptEnabled: false });

const altered = path.join(await mkdtemp(path.join(tmpdir(), "bitim-page-")), "altered.html");
await writeFile(altered, (await readFile(first, "utf8")).replace('"use strict";', '"use strict"; '));
await check("the policy stops any other script", async (page, _, complaints) => {
  assert(!(await page.locator("#filter").isVisible()));
  assert.match(complaints.splice(0).join("\n"), /Content Security Policy/);
}, { file: altered });
await rm(path.dirname(altered), { recursive: true, force: true });

for (const file of given) {
  for (const colorScheme of ["light", "dark"]) {
    await check(`axe: ${path.basename(path.dirname(file))}, ${colorScheme}`, async (page, shot) => {
      const lang = await page.evaluate(() => document.documentElement.lang);
      await shot(`${lang}-${colorScheme}`);
      const run = async (what) => {
        const { violations, passes } = await page.evaluate((asked) => globalThis.axe.run(document, asked), {
          runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
          rules: { "target-size": { enabled: true } },
        });
        assert(passes.length > 20, "the rules were applied");
        const found = violations.map((one) => `${one.id}: ${one.nodes.length} × ${one.nodes[0].html.slice(0, 200)} ${one.nodes[0].failureSummary}`);
        assert.deepEqual(found, [], what);
      };
      await page.evaluate(axe);
      await run("as opened");
      await page.$$eval("details", (list) => list.forEach((details) => { details.open = true; }));
      const { cases: [one] } = await data(page);
      await page.fill("#filter-search", one.id);
      assert((await shown(page, rowsOf("cases"))).includes(one.id));
      const lit = await page.$$eval("#figure-timeline g[data-case]:not(.outside)", (marks) => marks.map((mark) => mark.dataset.case));
      assert(lit.includes(one.id), one.id);
      await page.locator(".mark:not(.outside)").first().focus();
      await page.keyboard.press("ArrowRight");
      if (lang !== "en") await shot(`${lang}-${colorScheme}-filtered`);
      await run("filtered, with a tooltip");
    }, { file, colorScheme });
  }
}

console.log(`${passed} passed, ${failed.length} failed`);
process.exitCode = failed.length ? 1 : 0;
