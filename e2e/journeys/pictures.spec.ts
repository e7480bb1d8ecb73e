import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from '../app.ts'

const folder = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../docs/pictures')

// The pictures of the README are made by the journey they show: VOLLEY_PICTURES=1 npm run e2e -- pictures
for (const colorScheme of process.env.VOLLEY_PICTURES ? (['dark', 'light'] as const) : (['dark'] as const)) {
  test.describe(`a run in the ${colorScheme} theme`, () => {
    test.use({ colorScheme, deviceScaleFactor: 1 })

    test('shows three cities at once, each forecast after its own coordinates', async ({ builder, page }) => {
      await builder.openExample('geocode-forecast-offline')
      await builder.button('Run').click()
      await builder.answered()
      await builder.tool('get_forecast').click()
      await expect(builder.timeline.locator('[data-span]')).toHaveCount(6)
      await expect(builder.calls('get_forecast')).toHaveCount(3)
      if (process.env.VOLLEY_PICTURES) await page.screenshot({ path: path.join(folder, `run-${colorScheme}.png`) })
    })
  })
}
