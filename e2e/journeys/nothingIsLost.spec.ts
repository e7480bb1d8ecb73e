import { expect, testOfProcess as test } from '../app.ts'
import { faultsOf } from '../axe.ts'

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

test('versions are told apart word by word and field by field, named, noted and brought back; two saves at once are both kept', async ({
  builder,
  page,
  app,
}) => {
  const at = (address: string) => new URL(address, app.address).href
  const headers = { 'content-type': 'application/json', 'volley-author': 'Ada' }
  const document = (system: string, more: object = {}) => ({
    format: 'volley.flow/1',
    name: 'Tide desk',
    agent: { provider: 'simulated', model: 'simulated-1', system },
    tools: ['tide', 'wind'].map((name) => ({ name, parameters: { type: 'object' }, run: { kind: 'mock' } })),
    ...more,
  })
  await page.goto(app.address)
  const created = await page.request.post(at('/api/flows'), { headers, data: document('Tell the tides of today.') })
  const { id } = await created.json()
  const edges = [{ from: 'tide', to: 'wind', kind: 'order' }]
  const second = document('Tell the tides of tomorrow.', { edges })
  const put = (data: object) => page.request.put(at(`/api/flows/${id}`), { headers, data })
  await put(second)
  await put({ ...second, agent: { ...second.agent, settings: { temperature: 1 } } })

  await page.goto(at(`/flows/${id}`))
  await builder.button('Versions').first().click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.locator('[data-version]')).toHaveCount(1)
  await expect(dialog.locator('[data-version="3"]')).toContainText('Ada')
  await dialog.getByRole('button', { name: '2 more of this sitting' }).click()
  await dialog.getByRole('button', { name: 'Label version 1' }).click()
  await dialog.getByRole('button', { name: 'Label production' }).click()
  await dialog.getByRole('textbox', { name: 'Note' }).fill('The first that worked')
  await dialog.getByRole('textbox', { name: 'Note' }).press('Tab')
  await expect(dialog.locator('[data-version="1"]')).toContainText('The first that worked')
  await expect(dialog.locator('[data-version="1"]')).toContainText('production')
  expect(await faultsOf(page)).toEqual([])

  await dialog.getByRole('button', { name: 'Compare version 1' }).click()
  const difference = dialog.locator('[data-diff]')
  await expect(difference.locator('del')).toHaveText('today')
  await expect(difference.locator('ins')).toHaveText('tomorrow')
  await expect(difference).toContainText('agent.settings')
  await expect(difference.getByRole('img', { name: 'Edges: tide → wind added' })).toBeVisible()
  expect(await faultsOf(page)).toEqual([])
  await dialog.getByRole('combobox', { name: 'To version' }).selectOption('1')
  await expect(difference).toContainText('The two say the same.')
  await dialog.getByRole('button', { name: 'All versions' }).click()
  await dialog.getByRole('button', { name: 'Restore version 1' }).click()
  await expect(page.getByText('Saved', { exact: true })).toBeVisible()
  const standing = async () => (await (await page.request.get(at(`/api/flows/${id}`))).json()).flow.agent.system
  await expect.poll(standing).toBe('Tell the tides of today.')

  await put(document('Saved by someone else.'))
  await builder.tool('wind').click()
  await builder.inspector.getByRole('textbox', { name: 'Description' }).fill('Mine.')
  await page.getByRole('button', { name: 'Keep both' }).click()
  await expect.poll(async () => (await (await page.request.get(at('/api/flows'))).json()).items.length).toBe(2)
  const { items } = await (await page.request.get(at('/api/flows'))).json()
  const byName = Object.fromEntries(items.map(({ flow }: { flow: { name: string } }) => [flow.name, flow]))
  expect(byName['Tide desk (my changes)'].tools[1].description).toBe('Mine.')
  expect(byName['Tide desk'].agent.system).toBe('Saved by someone else.')
})

test('two saves at once are merged: different places with one click, the same description after a question', async ({
  builder,
  page,
  app,
}) => {
  const flowAt = (id: string) => new URL(`/api/flows/${id}`, app.address).href
  // Longer than what is shown of it at once.
  const windIn = (unit: string) =>
    `Tells the wind in ${unit}.${' Say it in plain words, and how sure it is.'.repeat(40)}`
  const document = (system: string, unit: string) => ({
    format: 'volley.flow/1' as const,
    name: 'Tide desk',
    agent: { provider: 'simulated', model: 'simulated-1', system },
    tools: [
      { name: 'tide', parameters: { type: 'object' }, run: { kind: 'mock' as const } },
      { name: 'wind', description: windIn(unit), parameters: { type: 'object' }, run: { kind: 'mock' as const } },
    ],
  })
  await builder.openFlow(document('Tell the tides.', 'words'))
  const id = page.url().split('/').at(-1) ?? ''
  const someoneSaves = (system: string, unit: string) => page.request.put(flowAt(id), { data: document(system, unit) })
  const standing = async () => {
    const { flow } = await (await page.request.get(flowAt(id))).json()
    return [flow.agent.system, flow.tools[1].description.split('.')[0]]
  }
  const description = builder.inspector.getByRole('textbox', { name: 'Description' })

  await someoneSaves('Tell the tides of today.', 'words')
  await builder.tool('wind').click()
  await description.fill(windIn('knots'))
  await builder.button('Merge').click()
  await expect(page.getByText('From the other side: instructions.')).toBeVisible()
  await builder.saved()
  expect(await standing()).toEqual(['Tell the tides of today.', 'Tells the wind in knots'])

  await someoneSaves('Tell the tides of tomorrow.', 'miles')
  await description.fill(windIn('metres'))
  await expect(builder.button('Merge')).toBeVisible()
  await page.reload()
  await builder.button('Merge').click()
  const dialog = page.getByRole('dialog', { name: /Merge with version/ })
  const choice = dialog.getByRole('group', { name: 'Tool wind: description' })
  await expect(dialog.locator('[data-conflict]')).toHaveCount(1)
  await expect(choice.locator('ins')).toHaveText(['metres', 'miles'])
  await expect(choice.getByRole('radio', { name: 'Mine' })).toBeFocused()
  expect(await faultsOf(page)).toEqual([])
  await page.keyboard.press('ArrowRight')
  await expect(choice.getByRole('radio', { name: 'Theirs' })).toBeChecked()
  await dialog.getByRole('button', { name: 'Merge' }).click()
  await builder.saved()
  await expect.poll(standing).toEqual(['Tell the tides of tomorrow.', 'Tells the wind in miles'])
  await builder.button('Undo').click()
  await expect.poll(standing).toEqual(['Tell the tides of today.', 'Tells the wind in metres'])
})
