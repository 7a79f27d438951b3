/** @file The editor as a person meets it: opening it on the network that the app brings along, and what stands on it. */
import type { Page } from "@playwright/test";
import { expect, openApp } from "./app.ts";

/** The strip with the totals. */
export const totals = (page: Page) => page.getByRole("contentinfo");

export const predictions = (page: Page) => page.getByRole("group", { name: "Predictions" });

/** A stage's card on the canvas: the inspector has the same knobs. */
export const card = (page: Page, stage: number) =>
  page.getByRole("group", { name: `Stage ${stage}`, exact: true });

export const depth = (page: Page, stage: number) =>
  card(page, stage).getByRole("spinbutton", { name: `Depth of stage ${stage}` });

export const deeper = (page: Page, stage: number) =>
  card(page, stage)
    .getByRole("button", { name: `Increase Depth of stage ${stage}` })
    .click();

/** Opens the app and waits until the bundled network's weights are in: before that, atto runs untrained. */
export async function openRunning(page: Page, opening?: Parameters<typeof openApp>[1]): Promise<void> {
  await openApp(page, opening);
  await expect(predictions(page)).toContainText(/pretrained .*Fashion-MNIST/i, { timeout: 120_000 });
}

export async function openPanel(page: Page, name: string): Promise<void> {
  await page.getByRole("tab", { name }).click();
  await expect(page.getByRole("tabpanel", { name })).toBeVisible();
}
