import { expect, test } from '../app.ts'
import { faultsOf } from '../axe.ts'

const TASK = 'Look up flights and hotels, compare prices, then book the cheapest.'

test('from a sentence to a run: the draft is looked at, opened unsaved, and runs', async ({ builder, page, app }) => {
  await page.getByLabel('What should your agent do?').fill(TASK)
  await builder.button('Draft a flow').click()
  const draft = page.getByRole('region', { name: 'Draft' })
  await expect(draft.locator('[data-drafted]')).toHaveCount(4)
  await expect(draft).toContainText('drafted by the simulated model')
  await expect(page.getByRole('dialog')).toContainText('OPENAI_API_KEY')
  await page.getByRole('dialog').getByLabel('What should your agent do?').fill('Find hotels, then check the weather.')
  await builder.button('Try again').click()
  await expect(draft.locator('[data-drafted]')).toHaveCount(2)
  await builder.button('Open').click()

  await expect(builder.tool('check_weather')).toBeVisible()
  await expect(builder.prompt).not.toHaveValue('')
  await builder.button('Run').click()
  await builder.answered()
  await expect(builder.tool('check_weather')).toHaveAttribute('data-status', 'succeeded')
  await page.goto(app.address)
  await expect(page.getByRole('region', { name: 'Examples' })).toBeVisible()
})

test('the first steps stand beside the real controls, follow the run, and come back only when asked', async ({
  builder,
  page,
}) => {
  await builder.openExample('three-cities')
  const steps = page.getByRole('complementary', { name: 'First steps' })
  await expect(steps).toContainText('1 of 4')
  await steps.getByRole('button', { name: 'Next' }).press('Enter')
  await expect(steps).toContainText('Run sends it')
  await builder.button('Run').click()
  await expect(steps).toContainText('Each bar is one call')
  await builder.answered()
  await steps.getByRole('button', { name: 'Next' }).click()
  await expect(steps).toContainText('4 of 4')
  await page.keyboard.press('Escape')
  await expect(steps).toHaveCount(0)

  await page.reload()
  await expect(builder.canvas).toBeVisible()
  await expect(steps).toHaveCount(0)
  await builder.command('first steps')
  await expect(steps).toContainText('1 of 4')
})

test('who runs without the first steps is left alone by them', async ({ builder, page }) => {
  await builder.openExample('slowest-way')
  const steps = page.getByRole('complementary', { name: 'First steps' })
  await expect(steps).toBeVisible()
  await builder.button('Run').click()
  await expect(steps).toHaveCount(0)
  await builder.answered()
  await expect(builder.tool('serve_breakfast')).toHaveAttribute('data-status', 'succeeded')
})

test('saved flows are found, ordered, copied and deleted; templates stay at hand', async ({ builder, page, app }) => {
  const aFlow = (name: string) => ({
    format: 'volley.flow/1' as const,
    name,
    agent: { provider: 'simulated', model: 'simulated-1' },
  })
  for (const name of ['Tides 10', 'Ferries', 'Tides 2']) await builder.openFlow(aFlow(name))
  await page.goto(new URL('/', app.address).href)
  const flows = page.getByRole('region', { name: 'Saved flows' })
  const names = flows.locator('[data-flow]')
  await expect(names).toHaveText(['Tides 2', 'Ferries', 'Tides 10'])
  await page.getByRole('combobox', { name: 'Order' }).selectOption('name')
  await expect(names).toHaveText(['Ferries', 'Tides 2', 'Tides 10'])
  await names.first().focus()
  await page.keyboard.press('ArrowDown')
  await expect(names.nth(1)).toBeFocused()
  await page.getByRole('searchbox', { name: 'Find a flow' }).fill('ferr')
  await expect(names).toHaveText(['Ferries'])

  await builder.button('More for Ferries').click()
  await page.getByRole('menuitem', { name: 'Duplicate' }).click()
  await expect(names).toHaveText(['Copy of Ferries', 'Ferries'])
  await builder.button('More for Ferries').click()
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  await builder.button('Delete flow').click()
  await expect(names).toHaveText(['Copy of Ferries'])

  await builder.button('New flow').click()
  await page.getByRole('menuitem', { name: 'From a template' }).click()
  const dialog = page.getByRole('dialog', { name: 'Templates' })
  await dialog.getByRole('radio', { name: 'Code and HTTP' }).click()
  await expect(dialog.locator('[data-example="three-cities"]')).toHaveCount(0)
  await dialog.locator('[data-example="cheapest-in-code"]').click()
  await expect(builder.tool('pick_cheapest')).toBeVisible()
})

test('a refund waits for a person, and what follows goes on after a denial', async ({ builder }) => {
  await builder.openExample('approve-refund')
  await builder.button('Run').click()
  await expect(builder.tool('refund_payment')).toHaveAttribute('data-status', 'awaiting_approval')
  await builder.button('Deny').first().click()
  await builder.answered()
  await expect(builder.tool('refund_payment')).toHaveAttribute('data-status', 'failed')
  await expect(builder.tool('tell_customer')).toHaveAttribute('data-status', 'succeeded')
})

test('gallery, draft, first steps and the list have no accessibility fault', async ({ builder, page, app }) => {
  await page.getByLabel('What should your agent do?').fill(TASK)
  await builder.button('Draft a flow').click()
  await expect(page.locator('[data-drafted]').first()).toBeVisible()
  expect(await faultsOf(page)).toEqual([])
  await builder.button('Open').click()
  await expect(page.getByRole('complementary', { name: 'First steps' })).toBeVisible()
  expect(await faultsOf(page)).toEqual([])
  await builder.openFlow({ format: 'volley.flow/1', name: 'Tides', agent: { provider: 'simulated', model: 's' } })
  await page.goto(new URL('/', app.address).href)
  await builder.button('Templates').click()
  await expect(page.getByRole('dialog').locator('[data-example]').first()).toBeVisible()
  expect(await faultsOf(page)).toEqual([])
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  expect(await faultsOf(page)).toEqual([])
})
