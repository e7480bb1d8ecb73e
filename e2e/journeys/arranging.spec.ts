import type { Page } from '@playwright/test'
import { expect, test } from '../app.ts'
import { faultsOf } from '../axe.ts'

const mock = (name: string) => ({
  name,
  description: `Does the ${name.replaceAll('_', ' ')}.`,
  parameters: { type: 'object', properties: { ship: { type: 'string', description: 'Which ship.' } } },
  run: { kind: 'mock' as const, result: { ok: true } },
})

/** A harbour whose tools stand all over the place. */
const HARBOUR = {
  format: 'volley.flow/1' as const,
  name: 'Harbour',
  agent: { provider: 'simulated', model: 'simulated-1', system: 'You run the harbour. Call moor before unload.' },
  tools: ['moor', 'unload', 'weigh', 'invoice'].map(mock),
  edges: [
    { from: 'moor', to: 'unload', kind: 'order' as const },
    { from: 'unload', to: 'invoice', kind: 'order' as const },
  ],
  layout: {
    agent: { x: 0, y: 0 },
    moor: { x: 380, y: 300 },
    unload: { x: 330, y: 20 },
    weigh: { x: 700, y: 310 },
    invoice: { x: 640, y: 40 },
  },
}

const box = async (page: Page, tool: string) => {
  const found = await page.locator(`[data-tool="${tool}"]`).boundingBox()
  if (!found) throw new Error(`"${tool}" is not drawn`)
  return found
}

// What an open menu or dialog hides cannot be reached: it keeps the focus inside.
const OPEN = { except: ['aria-hidden-focus'] }

test('Tidy up lets the tools glide to where their edges lead, in one step', async ({ builder, page }) => {
  await builder.openFlow(HARBOUR)
  await builder.button('Tidy up').click()
  await expect
    .poll(async () => (await box(page, 'unload')).x - (await box(page, 'moor')).x, { timeout: 30_000 })
    .toBeGreaterThan(200)
  await expect(page.locator('[data-gliding]')).toHaveCount(0)
  expect((await box(page, 'invoice')).x).toBeGreaterThan((await box(page, 'unload')).x + 200)
  await builder.button('Undo').click()
  await expect(builder.button('Undo')).toBeDisabled()
  expect((await box(page, 'unload')).x).toBeLessThan((await box(page, 'moor')).x)
})

test('a dragged tool snaps to another with a line that shows it, and Alt lets it stand where it is', async ({
  builder,
  page,
}) => {
  await builder.openFlow(HARBOUR)
  const guide = page.locator('.snap-guide')
  const drag = async (by: { x: number; y: number }) => {
    const from = await box(page, 'weigh')
    await page.mouse.move(from.x + 90, from.y + 20)
    await page.mouse.down()
    await page.mouse.move(from.x + 90 + by.x / 2, from.y + 20 + by.y / 2, { steps: 4 })
    await page.mouse.move(from.x + 90 + by.x, from.y + 20 + by.y, { steps: 4 })
  }
  const moor = await box(page, 'moor')
  const weigh = await box(page, 'weigh')
  await drag({ x: 60, y: moor.y - weigh.y + 4 })
  await expect(guide.first()).toBeVisible()
  await page.mouse.up()
  await expect(guide).toHaveCount(0)
  expect(Math.abs((await box(page, 'weigh')).y - moor.y)).toBeLessThan(0.6)

  await page.keyboard.down('Alt')
  await drag({ x: 0, y: 5 })
  await expect(guide).toHaveCount(0)
  await page.mouse.up()
  await page.keyboard.up('Alt')
  expect((await box(page, 'weigh')).y - moor.y).toBeGreaterThan(1.5)
})

test('several tools are selected, aligned, and told apart by nothing but what they do', async ({ builder, page }) => {
  await builder.openFlow(HARBOUR)
  await builder.tool('moor').click()
  await builder.tool('weigh').click({ modifiers: ['Shift'] })
  await builder.inspector.getByRole('button', { name: 'Align top' }).click()
  await expect.poll(async () => (await box(page, 'moor')).y - (await box(page, 'weigh')).y).toBe(0)
  await builder.inspector.getByRole('combobox', { name: 'Approval' }).selectOption('always')
  await builder.tool('weigh').click()
  await builder.inspector.getByRole('tab', { name: 'Policy' }).click()
  await expect(builder.inspector.getByRole('combobox', { name: 'Approval' })).toHaveValue('always')
  await builder.button('Undo').click()
  await expect(builder.inspector.getByRole('combobox', { name: 'Approval' })).toHaveValue('never')
  await builder.button('Undo').click()
  await expect(builder.button('Undo')).toBeDisabled()
})

test('words are found everywhere and replaced in one step; a tool so renamed keeps its edges', async ({
  builder,
  page,
}) => {
  await builder.openFlow(HARBOUR)
  await page.keyboard.press('Control+f')
  const bar = page.getByRole('search', { name: 'Find and replace' })
  await bar.getByRole('textbox', { name: 'Find' }).fill('moor')
  await expect(bar.getByRole('status')).toHaveText('3 places')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  await expect(bar.getByRole('status')).toHaveText('2 of 3')
  await expect(bar.getByText('name of moor')).toBeVisible()
  await bar.getByRole('textbox', { name: 'Replace with' }).fill('unload')
  await bar.getByRole('button', { name: 'Replace all' }).click()
  await expect(bar.getByRole('alert')).toContainText('Another tool is named "unload"')
  await bar.getByRole('textbox', { name: 'Replace with' }).fill('berth')
  await bar.getByRole('button', { name: 'Replace all' }).click()
  await expect(builder.tool('berth')).toContainText('Does the berth.')
  await expect(page.getByRole('button', { name: 'Edge from berth to unload, after' })).toBeVisible()
  await builder.button('Undo').click()
  await expect(builder.tool('moor')).toBeVisible()
  expect(await faultsOf(page, 'arranging', OPEN)).toEqual([])
  await bar.getByRole('textbox', { name: 'Find' }).press('Escape')
  await expect(bar).toHaveCount(0)
})

test('the menus of a tool, an edge and the canvas open by mouse and keyboard, and F2 renames in place', async ({
  builder,
  page,
}) => {
  await builder.openFlow(HARBOUR)
  const item = (name: string) => page.getByRole('menuitem', { name })
  await builder.tool('weigh').focus()
  await page.keyboard.press('Shift+F10')
  await expect(item('Duplicate')).toBeVisible()
  expect(await faultsOf(page, 'arranging', OPEN)).toEqual([])
  await item('Rename').click()
  const name = page.getByRole('textbox', { name: 'New name of weigh' })
  await name.fill('moor')
  await name.press('Enter')
  await expect(page.getByText('Another tool is named "moor".')).toBeVisible()
  await name.fill('scale')
  await name.press('Enter')
  await expect(builder.tool('scale')).toBeFocused()
  await page.keyboard.press('F2')
  await expect(page.getByRole('textbox', { name: 'New name of scale' })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(builder.tool('scale')).toBeFocused()

  await page.getByRole('button', { name: 'Edge from moor to unload, after' }).click({ button: 'right' })
  await item('Switch order and data').click()
  await expect(page.getByRole('button', { name: 'Edge from moor to unload, data' })).toBeVisible()

  const scale = await box(page, 'scale')
  const at = { x: scale.x + 150, y: scale.y - 70 }
  await page.mouse.click(at.x, at.y, { button: 'right' })
  await item('Add a tool here').click()
  await item('Mock').click()
  // At the pointer, or at the nearest place where it covers no other.
  await expect.poll(async () => Math.abs((await box(page, 'mock')).x + 116 - at.x)).toBeLessThan(320)
})

test('the command list finds by a few letters, and the sheet of keys tells what they do', async ({ builder, page }) => {
  await builder.openFlow(HARBOUR)
  await page.keyboard.press('Control+k')
  const field = page.getByRole('combobox', { name: 'Find a command or a tool' })
  await field.fill('invce')
  await expect(page.getByRole('option', { selected: true })).toContainText('invoice')
  await page.keyboard.press('Enter')
  await expect(builder.tool('invoice')).toBeFocused()
  await page.keyboard.press('Shift+2')
  const zoom = page.getByRole('button', { name: /^Zoom: \d+ %$/ })
  await expect(zoom).toHaveText('150 %')
  await page.keyboard.press('Shift+0')
  await expect(zoom).toHaveText('100 %')
  await page.keyboard.press('+')
  await expect(zoom).toHaveText('125 %')

  await page.keyboard.press('Control+k')
  await expect(page.getByRole('option').first()).toContainText('invoice')
  await field.fill('align left')
  await expect(page.getByRole('option').first()).toContainText('Select two nodes or more.')
  expect(await faultsOf(page, 'arranging', OPEN)).toEqual([])
  await page.keyboard.press('Escape')

  await page.keyboard.press('?')
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  await expect(sheet.getByText('Find and replace in the flow')).toBeVisible()
  expect(await faultsOf(page, 'arranging', OPEN)).toEqual([])
  await sheet.getByRole('textbox', { name: 'Find a shortcut' }).fill('zoom in')
  await expect(sheet.getByText('Find and replace in the flow')).toHaveCount(0)
})
