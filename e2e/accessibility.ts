/**
 * @file One accessibility scan a screen: axe's rules for WCAG 2.2, levels A and AA.
 */
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** Fails with every broken rule and the elements that break it. `screen` names what is shown, for the report. */
export async function expectAccessible(page: Page, screen: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze();
  const broken = violations.map(({ id, help, nodes }) => ({
    rule: `${id}: ${help}`,
    elements: nodes.map(({ target }) => target.join(" ")),
  }));
  expect(broken, `accessibility of ${screen}`).toEqual([]);
}
