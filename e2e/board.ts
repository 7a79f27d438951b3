/** @file Opens the board of the comparison on the network that the app brings along, and measures it. */
import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { expect, openApp } from "./app.ts";

/** The boxes that tick the board's own networks: one a row. */
export const rows = (page: Page) => page.getByRole("checkbox", { name: /^Tick / });

export const table = (page: Page) => page.getByRole("table", { name: "Networks" });

export const sentences = (page: Page) => page.getByRole("region", { name: "MACs and time" });

export const notices = (page: Page) => page.getByRole("region", { name: "Notices" });

/** Names of the board's own networks, from top to bottom. */
export const names = (page: Page): Promise<readonly string[]> =>
  page
    .getByRole("textbox", { name: /^Name of / })
    .evaluateAll((all) => all.map((field) => (field as HTMLTextAreaElement).value));

/** A new board: the network in the editor, and itself with another mixer. */
export async function openBoard(page: Page, opening: Parameters<typeof openApp>[1] = {}): Promise<void> {
  await openApp(page, { ...opening, link: "?backend=wasm&view=board" });
  await pretrained(page);
  await expect(rows(page)).toHaveCount(2);
  // It moves everything below it, so nothing is pointed at before it stands.
  await expect(notices(page)).toContainText("could not be fetched");
}

/** Waits until the bundled network runs with its own weights. */
export async function pretrained(page: Page): Promise<void> {
  await expect(page.getByRole("contentinfo")).toContainText("pretrained", { timeout: 120_000 });
}

export async function setCount(page: Page, field: "Rounds" | "Batch size", count: number): Promise<void> {
  const input = page.getByRole("spinbutton", { name: field });
  await input.fill(String(count));
  await input.press("Enter");
}

/** Measures everything on the board in as few rounds as a verdict needs. */
export async function measure(page: Page): Promise<void> {
  await setCount(page, "Rounds", 6);
  await page.getByRole("button", { name: "Measure all" }).click();
  await expect(sentences(page)).toContainText(/MACs say .+, your device says .+/, { timeout: 90_000 });
}

/** Adds networks by their JSON. */
export async function addByText(page: Page, text: string): Promise<void> {
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await page.getByRole("menuitem", { name: "From a link or JSON" }).click();
  const dialog = page.getByRole("dialog", { name: "Add from a link or JSON" });
  await dialog.getByRole("textbox", { name: "Link or JSON" }).fill(text);
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  await expect(dialog).toBeHidden();
}

/** What a press saves, as text. */
export async function saved(page: Page, press: () => Promise<void>): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent("download"), press()]);
  return readFileSync(await download.path(), "utf8");
}
