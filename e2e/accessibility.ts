/**
 * @file One accessibility scan a screen: axe's rules for WCAG 2.2, levels A and AA.
 */
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/**
 * The knobs on the canvas shrink as it is zoomed out. WCAG's exception for equivalents applies: the inspector has the same
 * knobs at full size. Everything else on the page is held to the rule.
 */
const zoomable = "[aria-label='Drawing of the network']";

/** Fails with every broken rule and the elements that break it. `screen` names what is shown, for the report. */
export async function expectAccessible(page: Page, screen: string): Promise<void> {
  const scan = () => new AxeBuilder({ page });
  const everything = await scan().withTags(tags).disableRules("target-size").analyze();
  const sizes = await scan().withRules("target-size").exclude(zoomable).analyze();
  const violations = [...everything.violations, ...sizes.violations];
  const broken = violations.map(({ id, help, nodes }) => ({
    rule: `${id}: ${help}`,
    elements: nodes.map(({ target }) => target.join(" ")),
  }));
  expect(broken, `accessibility of ${screen}`).toEqual([]);
}
