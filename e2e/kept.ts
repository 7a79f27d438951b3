/** @file What the page keeps in the browser, found by a field that it holds, under whatever name and in whatever form it lies. */
import type { Page } from "@playwright/test";
import { expect } from "./app.ts";

type Holder = Record<string, unknown>;

/** Every object with this field that is kept, in order. */
export async function keptWith<T extends object>(page: Page, field: keyof T & string): Promise<readonly T[]> {
  const texts = await keptTexts(page);
  return texts.flatMap(([, text]) => holdersOf(JSON.parse(text), field) as unknown as readonly T[]);
}

/** Changes every object with this field that is kept, and opens the page again. */
export async function replaceKept<T extends object>(
  page: Page,
  field: keyof T & string,
  change: (holder: T, index: number) => void,
): Promise<void> {
  let index = 0;
  for (const [name, text] of await keptTexts(page)) {
    const value = JSON.parse(text);
    const holders = holdersOf(value, field);
    for (const holder of holders) change(holder as unknown as T, index++);
    if (holders.length === 0) continue;
    await page.evaluate(([key, changed]) => localStorage.setItem(key, changed), [
      name,
      JSON.stringify(value),
    ] as const);
  }
  expect(index, `kept objects with ${field}`).toBeGreaterThan(0);
  await page.reload();
}

const keptTexts = (page: Page): Promise<readonly [name: string, text: string][]> =>
  page.evaluate(() => Object.entries<string>({ ...localStorage }).sort());

function holdersOf(value: unknown, field: string): readonly Holder[] {
  if (typeof value !== "object" || value === null) return [];
  const below = Object.values(value).flatMap((part) => holdersOf(part, field));
  return field in value ? [value as Holder, ...below] : below;
}
