import type { Page } from '@playwright/test'
import type { FlowDocument } from '@volley/shared/flow/flow.ts'
import { expect, test } from '../app.ts'
import { faultsOf } from '../axe.ts'

const parameters = (properties: Record<string, { type: string }>) => ({ type: 'object', properties })
const HARBOUR: FlowDocument = {
  format: 'volley.flow/1',
  name: 'Harbour',
  agent: { provider: 'simulated', model: 'simulated-1', system: 'You plan the harbour.' },
  tools: [
    {
      name: 'find_ship',
      parameters: parameters({ name: { type: 'string' } }),
      run: { kind: 'mock', latencyMs: 200, result: { name: '{{name}}', at: { lat: 53.5, lon: 9.9 } } },
    },
    {
      name: 'tides',
      parameters: parameters({ lat: { type: 'number' }, port: { type: 'string' } }),
      run: { kind: 'mock', latencyMs: 300, result: { high: '06:10' } },
    },
    {
      name: 'moor',
      parameters: parameters({ berth: { type: 'string' } }),
      run: { kind: 'http', method: 'POST', url: 'https://berths.example/moor' },
    },
  ],
  edges: [
    { from: 'find_ship', to: 'tides', kind: 'data' },
    { from: 'tides', to: 'moor', kind: 'order' },
  ],
  layout: {
    agent: { x: 0, y: 0 },
    find_ship: { x: 340, y: 0 },
    tides: { x: 700, y: 0 },
    moor: { x: 700, y: 220 },
  },
}
const edge = (page: Page, from: string, to: string) =>
  page.getByRole('button', { name: new RegExp(`^Edge from ${from} to ${to}`) })

test('a field of a result is put onto a parameter, by keyboard and by dragging, and is hidden from the model', async ({
  builder,
  page,
}) => {
  await builder.openFlow(HARBOUR)
  await edge(page, 'find_ship', 'tides').click()
  const { inspector } = builder
  await expect(inspector.getByText('A tides that refers to none waits for every find_ship')).toBeVisible()
  await inspector.locator('[data-result-field="at.lat"]').focus()
  await page.keyboard.press('Enter')
  await expect(inspector.getByText('at.lat is picked')).toBeVisible()
  await inspector.getByRole('button', { name: /^lat.*take at\.lat$/ }).focus()
  await page.keyboard.press('Enter')
  const lat = inspector.getByRole('textbox', { name: 'Value for lat' })
  await expect(lat).toHaveValue('at.lat')
  await expect(inspector.getByText('The model does not see lat')).toBeVisible()

  await inspector.locator('[data-result-field="name"]').dragTo(inspector.locator('[data-field="map.lat"]'))
  await expect(lat).toHaveValue('name')
  await expect(inspector.getByText('It is text, and the parameter takes a number')).toBeVisible()
  await builder.button('Undo').click()
  await expect(lat).toHaveValue('at.lat')

  await builder.tool('tides').click()
  await inspector.getByText('What the model sees').click()
  await inspector.getByRole('tab', { name: 'Anthropic' }).click()
  const sent = inspector.getByRole('region', { name: 'tides as Anthropic gets it' })
  await expect(sent).toContainText('"input_schema"')
  await expect(sent).toContainText('"find_ship"')
  await expect(sent).not.toContainText('"lat"')
})

test('what cannot be connected says why while it is drawn; a tool takes an edge anywhere, and by keyboard', async ({
  builder,
  page,
}) => {
  await builder.openFlow(HARBOUR)
  const drawTo = async (from: string, to: string) => {
    const start = await builder.tool(from).locator('[data-handle="out"]').boundingBox()
    const end = await builder.tool(to).boundingBox()
    if (!start || !end) throw new Error('the tools are not drawn')
    await page.mouse.move(start.x + start.width / 2, start.y + start.height / 2)
    await page.mouse.down()
    await page.mouse.move(end.x + end.width / 2, end.y + end.height - 14, { steps: 6 })
  }
  await drawTo('moor', 'find_ship')
  await expect(page.getByText('That would be a circle')).toBeVisible()
  await expect(builder.tool('find_ship')).toHaveAttribute('data-connect', 'closed')
  await page.mouse.up()
  await expect(builder.tool('find_ship')).not.toHaveAttribute('data-connect')
  await expect(edge(page, 'moor', 'find_ship')).toHaveCount(0)

  await drawTo('find_ship', 'moor')
  await expect(page.getByText('moor runs after find_ship')).toBeVisible()
  await page.mouse.up()
  await expect(edge(page, 'find_ship', 'moor')).toBeVisible()
  await builder.button('Undo').click()

  await builder.tool('find_ship').focus()
  await page.keyboard.press('e')
  const dialog = page.getByRole('dialog', { name: 'Connect find_ship' })
  await expect(dialog.getByRole('combobox', { name: /runs after/ })).toBeFocused()
  await page.keyboard.type('tid')
  await page.keyboard.press('Enter')
  await expect(dialog.getByRole('alert')).toContainText('"tides" already runs after "find_ship"')
  await dialog.getByRole('combobox', { name: /runs after/ }).fill('moor')
  await page.keyboard.press('Enter')
  await expect(dialog).toHaveCount(0)
  await expect(edge(page, 'find_ship', 'moor')).toBeVisible()
  await expect(builder.tool('find_ship')).toBeFocused()
})

test('a preview says what would run at once, what would wait, and what a failure skips', async ({ builder, page }) => {
  await builder.openFlow(HARBOUR)
  await builder.command('what would wait')
  const dialog = page.getByRole('dialog', { name: 'What would run' })
  await dialog.getByRole('spinbutton', { name: 'Calls of find_ship' }).fill('2')
  await dialog.getByRole('spinbutton', { name: 'Calls of tides' }).fill('2')
  const step = (at: number) => dialog.locator(`[data-preview-step="${at}"]`)
  await expect(step(0)).toContainText('find_ship #1')
  await expect(step(0)).toContainText('find_ship #2')
  await expect(step(1)).toContainText('tides #4 after #2')
  await expect(step(2)).toContainText('moor #5 after #3, #4')
  await expect(dialog.locator('[data-preview-summary]')).toContainText('About 1.50 s, at most 2 at once')
  await dialog.getByRole('combobox', { name: 'Call of find_ship that call 4 refers to' }).selectOption('#1')
  await expect(step(1)).toContainText('tides #4 after #1')
  await dialog.getByRole('checkbox', { name: 'Call 1 fails' }).click()
  await expect(dialog.locator('[data-preview-call="5"]')).toHaveAttribute('data-outcome', 'skipped')
})

test('a problem leads to its field; odd settings are said; a clause goes into the instructions', async ({
  builder,
  page,
}) => {
  await builder.openFlow(HARBOUR)
  const { inspector } = builder
  await builder.tool('moor').click()
  await inspector.getByRole('tab', { name: 'Policy' }).click()
  const key = inspector.getByRole('textbox', { name: 'Exclusive key' })
  await key.fill('dock:{{quay}}')
  await expect(inspector.getByText('No parameter is called "quay"').last()).toBeVisible()
  await inspector.getByRole('spinbutton', { name: 'Tries again' }).fill('3')
  await expect(inspector.getByText('Nothing is tried again')).toBeVisible()
  await inspector.getByRole('tab', { name: 'Runs as' }).click()
  const select = inspector.getByRole('textbox', { name: 'Select' })
  await select.fill('{')
  await page.locator('[data-agent]').click()
  await page.getByRole('button', { name: '1 problem' }).click()
  await page.getByRole('menuitem', { name: /moor/ }).click()
  await expect(select).toBeFocused()
  await select.fill('berth')
  await expect(page.getByRole('button', { name: '1 problem' })).toHaveCount(0)

  await page.locator('[data-agent]').click()
  await page.getByRole('button', { name: 'Clause' }).click()
  await page.getByRole('menuitem', { name: /Do not repeat calls/ }).click()
  const instructions = inspector.getByRole('textbox', { name: 'Instructions' })
  await expect(instructions).toHaveValue(/^You plan the harbour\.\n\nDo not make a call again/)
  await page.getByRole('button', { name: 'Clause' }).click()
  await expect(page.getByRole('menuitem', { name: /Do not repeat calls/ })).toBeDisabled()
  await page.keyboard.press('Escape')
  await builder.button('Undo').click()
  await expect(instructions).toHaveValue('You plan the harbour.')
})

test('parameters are edited as a table and as JSON Schema, and a text that is no JSON yet is kept', async ({
  builder,
  page,
}) => {
  await builder.openFlow(HARBOUR)
  const { inspector } = builder
  await builder.tool('tides').click()
  await inspector.getByRole('button', { name: 'More for port' }).click()
  await page.getByRole('menuitem', { name: 'Details' }).click()
  await inspector.getByRole('textbox', { name: 'Choices' }).fill('Hamburg\nBremen')
  await expect(inspector.getByRole('button', { name: 'Details of port: one of "Hamburg", "Bremen"' })).toBeVisible()
  await inspector.getByRole('combobox', { name: 'Type of port' }).selectOption('integer')
  await expect(inspector.getByRole('button', { name: /Details of port/ })).toHaveCount(0)
  await builder.button('Undo').click()

  await inspector.getByRole('button', { name: 'Show as JSON Schema' }).click()
  const schema = inspector.getByRole('textbox', { name: 'JSON Schema of the parameters' })
  await expect(schema).toContainText('Bremen')
  await schema.fill('{\n  "type": "object",\n  "properties": ]\n}')
  await expect(inspector.getByText('Line 3, column 17: a value should stand here.')).toBeVisible()
  await inspector.getByRole('button', { name: 'Show as a table' }).click()
  await expect(inspector.getByRole('button', { name: 'Rename port' })).toBeVisible()
  await inspector.getByRole('button', { name: 'Show as JSON Schema' }).click()
  await expect(schema).toContainText('"properties": ]')
})

test('edges, what the model sees, connecting and the preview have no accessibility fault', async ({
  builder,
  page,
}) => {
  await builder.openFlow(HARBOUR)
  const { inspector } = builder
  await edge(page, 'find_ship', 'tides').click()
  await inspector.locator('[data-result-field="name"]').click()
  expect(await faultsOf(page)).toEqual([])
  await page.locator('[data-agent]').click()
  await inspector.getByRole('tab', { name: 'Seen' }).click()
  await expect(inspector.getByText('Every request begins with this')).toBeVisible()
  expect(await faultsOf(page)).toEqual([])
  await builder.tool('tides').focus()
  await page.keyboard.press('e')
  await expect(page.getByRole('dialog')).toBeVisible()
  expect(await faultsOf(page)).toEqual([])
  await page.keyboard.press('Escape')
  await builder.button('What would run').click()
  await expect(page.locator('[data-preview-step]').first()).toBeVisible()
  expect(await faultsOf(page)).toEqual([])
})

/** Colours are measured as they stay, once what fades in is there. */
