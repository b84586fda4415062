// What every reader can do, with a mouse, a keyboard, a phone, a printer or a screen reader.

import assert from "node:assert/strict";
import { access, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { check, data, given, nameOf, open, rowsOf, shown } from "./harness.mjs";

const [first] = given;
const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

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

// The width of the text on A4, upright and across, in the pixels that print is laid out in.
const papers = [[673, false], [986, true]];
for (const [file, [width, across]] of given.flatMap((file) => papers.map((paper) => [file, paper]))) {
  await check(`print: no table is cut, ${nameOf(file)}, ${across ? "across" : "upright"}`, async (page) => {
    await page.emulateMedia({ media: "print" });
    await open(page);
    const cut = await page.$$eval(".box", (list, wide) => list
      .filter((box) => box.classList.contains("wide") === wide)
      .filter((box) => box.scrollWidth > box.clientWidth)
      .map((box) => `${box.getAttribute("aria-label")}: ${box.scrollWidth} of ${box.clientWidth}`), across);
    assert.deepEqual(cut, []);
  }, { file, viewport: { width, height: 900 } });
}

for (const width of [320, 390]) {
  await check(`phone: nothing scrolls sideways at ${width} px`, async (page, shot) => {
    const wide = () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    await shot(`phone-${width}`);
    assert.equal(await wide(), 0);
    await open(page);
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
  await open(page);
  const small = await page.$$eval("button, select, input, .anchor, .contents a, .files a, .cited a, summary", (list) => list
    .map((element) => [element.className || element.tagName, element.getBoundingClientRect()])
    .filter(([, box]) => box.width && (box.width < 24 || box.height < 24))
    .map(([name, box]) => `${name} ${box.width}×${box.height}`));
  assert.deepEqual([...new Set(small)], []);
});

for (const file of given) {
  await check(`every linked file and place is there, ${nameOf(file)}`, async (page) => {
    const links = await page.$$eval("a[href]:not([rel=noreferrer])", (list) => list.map((link) => link.getAttribute("href")));
    const files = links.filter((link) => !link.startsWith("#"));
    for (const link of new Set(files)) await access(path.join(path.dirname(file), link));
    const figures = await page.$$eval("figure", (list) => list.map((figure) =>
      [...figure.querySelectorAll(".files a:not(.anchor)")].map((link) => link.textContent)));
    for (const formats of figures) for (const format of ["SVG", "PNG", "CSV", "JSON"]) assert(formats.includes(format), format);
    const places = links.filter((link) => link.startsWith("#")).map((link) => link.slice(1));
    assert.deepEqual(await page.evaluate((ids) => ids.filter((id) => !document.getElementById(id)), places), []);
  }, { file });
}

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
    await check(`axe: ${nameOf(file)}, ${colorScheme}`, async (page, shot) => {
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
      await open(page);
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

