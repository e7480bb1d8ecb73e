import type { Page } from '@playwright/test'
import { expect, test } from '../app.ts'

// Pictures of every component in every state, kept in gallery.spec.ts-snapshots. Time stands still in the gallery, and Playwright stops
// what moves. After a change that is meant: npm run e2e -- gallery.spec --update-snapshots, then look at every picture that changed.

const SECTIONS = ['primitives', 'calls', 'canvas', 'inspector', 'playground', 'trace', 'findings', 'evals', 'empty']
/** Letters are drawn a little differently by each Chromium and system: that much may differ, a changed state may not. */
const ALIKE = {
  maxDiffPixelRatio: 0.02,
  threshold: 0.3,
  animations: 'disabled',
  caret: 'hide',
  timeout: 30_000,
} as const

// So tall that no section has to be scrolled to be seen whole.
test.use({
  viewport: { width: 1600, height: 2600 },
  deviceScaleFactor: 1,
  locale: 'en-GB',
  timezoneId: 'UTC',
  contextOptions: { reducedMotion: 'reduce' },
  // A trace would hold a picture of every step: there is nothing in it that the compared pictures do not show.
  trace: 'off',
})

for (const colorScheme of ['dark', 'light'] as const) {
  test.describe(`the gallery in the ${colorScheme} theme`, () => {
    test.use({ colorScheme })

    test('shows every component in every state as it was drawn before', async ({ page, app }) => {
      test.setTimeout(300_000)
      await page.goto(app.address)
      await openGallery(page)
      for (const section of SECTIONS)
        await expect
          .soft(page.locator(`[data-gallery="${section}"]`))
          .toHaveScreenshot(`${section}-${colorScheme}.png`, ALIKE)
    })
  })
}

async function openGallery(page: Page): Promise<void> {
  await page.goto(new URL('/gallery', page.url()).href)
  await expect(page.locator('[data-gallery="empty"]')).toBeVisible({ timeout: 30_000 })
  await expect(page.locator('.react-flow__node').last()).toBeVisible()
  await page.evaluate(async () => {
    await document.fonts.ready
  })
}
