import { expect, test } from '../app.ts'

test('a closed tab loses nothing: the saved flow opens again where it was left', async ({
  builder,
  page,
  context,
  app,
}) => {
  await builder.startBlank()
  await builder.dragTool('mock', 'weigh', { x: 420, y: 160 })
  await builder.saved()
  const address = page.url()
  expect(address).toMatch(/\/flows\/.+/)
  await page.close()
  const again = await context.newPage()
  await again.goto(address)
  await expect(again.locator('[data-tool="weigh"]')).toBeVisible()
  expect(app.address).toBeTruthy()
})

test('a tab killed right after a change loses no edit', async ({ builder, page, context }) => {
  await builder.startBlank()
  await builder.dragTool('mock', 'weigh', { x: 420, y: 160 })
  await builder.saved()
  const address = page.url()
  await builder.inspector.getByRole('textbox', { name: 'Description' }).fill('Weighs the cargo.')
  await page.close({ runBeforeUnload: false })
  const again = await context.newPage()
  await again.goto(address)
  await again.locator('[data-tool="weigh"]').click()
  await expect(
    again.getByRole('region', { name: 'Inspector' }).getByRole('textbox', { name: 'Description' }),
  ).toHaveValue('Weighs the cargo.')
})

test('a killed server loses no edit: the page says so, keeps the change, and saves it when the server is back', async ({
  builder,
  page,
  app,
}) => {
  await builder.startBlank()
  await builder.dragTool('mock', 'weigh', { x: 420, y: 160 })
  await builder.saved()
  await app.kill()
  await builder.inspector.getByRole('textbox', { name: 'Description' }).fill('Weighs the cargo.')
  await expect(page.getByText('Saved', { exact: true })).toHaveCount(0)
  await expect(page.getByText(/does not answer|kept in this browser/i).first()).toBeVisible({ timeout: 15_000 })
  await app.start()
  await builder.saved()
  await page.reload()
  await builder.tool('weigh').click()
  await expect(builder.inspector.getByRole('textbox', { name: 'Description' })).toHaveValue('Weighs the cargo.')
})

test('opening an example or a flow saves nothing', async ({ builder, page, app }) => {
  await builder.openExample('three-cities')
  await page.waitForTimeout(2_500)
  await page.goto(new URL('/', app.address).href)
  await expect(page.getByRole('region', { name: 'Examples' })).toBeVisible()
  const flows = await page.evaluate(async () => (await fetch('/api/flows')).json())
  expect(flows.items).toEqual([])
})

test('a run that was going on when the server was killed goes on, and the page follows it to its end', async ({
  builder,
  page,
  app,
}) => {
  await builder.openFlow({
    format: 'volley.flow/1',
    name: 'A slow crane',
    agent: { provider: 'simulated', model: 'simulated-1' },
    tools: [
      {
        name: 'lift_box',
        description: 'Lifts a box.',
        parameters: { type: 'object' },
        run: { kind: 'mock', result: 'lifted', latencyMs: 4000 },
        annotations: { readOnlyHint: true },
      },
    ],
  })
  await builder.run('Lift the box.')
  await expect(builder.calls('lift_box').first()).toHaveAttribute('data-status', 'running')
  await app.kill()
  await app.start()
  await expect(builder.tool('lift_box')).toHaveAttribute('data-status', 'succeeded', { timeout: 25_000 })
  await expect(page.locator('[data-call]')).toHaveCount(1)
})
