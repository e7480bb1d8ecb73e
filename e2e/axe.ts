import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'

const DIALOG = '[role="dialog"], [role="alertdialog"]'
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/**
 * What axe finds against WCAG 2.2 A and AA, named with the screen it was found on: everything in the dark theme, and in the light one the
 * colours, which are all that differs. Of a page under a dialog only the dialog is looked at: the rest is out of reach, and is looked at without it.
 */
export async function faultsOf(page: Page, screen = 'here', { except = [] as string[] } = {}): Promise<string[]> {
  const look = async (colorScheme: 'dark' | 'light', axe: AxeBuilder) => {
    await page.emulateMedia({ colorScheme })
    // What still fades in is judged when it is there.
    await page.evaluate(() =>
      Promise.all(document.getAnimations().map((one) => one.finished.catch(() => {}))).then(() => {}),
    )
    const { violations } = await axe.analyze()
    return violations.map(({ id, nodes }) => {
      const places = nodes.map((node) => node.target.join(' ')).slice(0, 4)
      return `${screen}, ${colorScheme}: ${id} at ${places.join(' | ')}`
    })
  }
  const hasDialog = (await page.locator(DIALOG).count()) > 0
  const axe = () => {
    // What passes needs no list: to describe its nodes takes longer than to find the faults.
    const builder = new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).setLegacyMode(true)
    return hasDialog ? builder.include(DIALOG) : builder
  }
  return [
    ...(await look('dark', axe().withTags(RULES).disableRules(except))),
    ...(await look('light', axe().withRules(['color-contrast']))),
  ]
}
