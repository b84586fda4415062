// Tables: sorted, and written as shown.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { check, data, rowsOf } from "./harness.mjs";

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

