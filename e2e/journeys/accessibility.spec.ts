import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, test } from '../app.ts'

const problemsOf = async (page: Page) => {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze()
  return violations.map(
    (violation) =>
      `${violation.id}: ${violation.nodes
        .map((node) => node.target.join(' '))
        .slice(0, 4)
        .join(' | ')}`,
  )
}

for (const colorScheme of ['dark', 'light'] as const) {
  test.describe(`in the ${colorScheme} theme`, () => {
    test.use({ colorScheme })

    for (const address of ['/', '/runs', '/evals', '/settings']) {
      test(`${address} has no accessibility fault`, async ({ builder, page, app }) => {
        await page.goto(new URL(address, app.address).href)
        await expect(builder.page.getByRole('main')).toBeVisible()
        expect(await problemsOf(page)).toEqual([])
      })
    }

    test('the editor has none, before a run, after it, and with a tool open', async ({ builder, page }) => {
      await builder.openExample('research')
      expect(await problemsOf(page)).toEqual([])
      await builder.button('Run').click()
      await builder.answered()
      await page.locator('[data-tool]').first().click()
      expect(await problemsOf(page)).toEqual([])
    })

    test('the page of a run has none', async ({ builder, page, app }) => {
      await builder.openExample('three-cities')
      await builder.button('Run').click()
      await builder.answered()
      await page.goto(new URL('/runs', app.address).href)
      await page.getByRole('main').getByRole('link').first().click()
      await expect(page.getByRole('region', { name: 'Timeline' })).toBeVisible()
      expect(await problemsOf(page)).toEqual([])
    })
  })
}
