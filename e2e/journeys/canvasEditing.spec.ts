import type { Locator, Page } from '@playwright/test'
import type { FlowDocument } from '@volley/shared/flow/flow.ts'
import { expect, test } from '../app.ts'

const mock = (name: string) => ({
  name,
  description: `Does ${name}.`,
  parameters: { type: 'object', properties: {} },
  run: { kind: 'mock' as const, result: { ok: true } },
})
const port = (more: Partial<FlowDocument> = {}): FlowDocument => ({
  format: 'volley.flow/1',
  name: 'Port',
  agent: { provider: 'simulated', model: 'simulated-1' },
  tools: [mock('moor'), mock('unload'), mock('weigh')],
  edges: [{ from: 'moor', to: 'unload', kind: 'order' }],
  layout: { agent: { x: 0, y: 0 }, moor: { x: 320, y: 0 }, unload: { x: 900, y: 0 }, weigh: { x: 480, y: 260 } },
  ...more,
})

const label = (page: Page, from: string, to: string) => page.getByRole('button', { name: `Edge from ${from} to ${to}` })
const middleOf = async (thing: Locator) => {
  const box = await thing.boundingBox()
  if (!box) throw new Error('it is not on the page')
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}
const drag = async (page: Page, from: { x: number; y: number }, to: { x: number; y: number }) => {
  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 4 })
  await page.mouse.move(to.x, to.y, { steps: 8 })
  await page.mouse.up()
}

test('a tool is added where the pointer is: by a double click, by a connection into nothing, by the search', async ({
  builder,
  page,
}) => {
  await builder.startBlank()
  const canvas = await builder.canvas.boundingBox()
  const spot = { x: (canvas?.x ?? 0) + 420, y: (canvas?.y ?? 0) + 140 }
  await page.mouse.dblclick(spot.x, spot.y)
  await expect(page.getByRole('dialog', { name: 'Add a tool' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await page.mouse.dblclick(spot.x, spot.y)
  await page.keyboard.type('mock')
  await page.keyboard.press('Enter')
  await expect(builder.tool('mock')).toBeFocused()
  const box = await builder.tool('mock').boundingBox()
  expect(Math.abs((box?.x ?? 0) + (box?.width ?? 0) / 2 - spot.x)).toBeLessThan(3)
  expect(Math.abs((box?.y ?? 0) + 26 - spot.y)).toBeLessThan(3)

  const end = { x: spot.x + 260, y: spot.y + 160 }
  await drag(page, await middleOf(builder.tool('mock').locator('[data-handle="out"]')), end)
  await page.getByRole('option', { name: /^Code/ }).click()
  await expect(builder.tool('code')).toBeVisible()
  await expect(label(page, 'mock', 'code')).toBeVisible()
  const handle = await middleOf(builder.tool('code').locator('[data-handle="in"]'))
  expect(Math.hypot(handle.x - end.x, handle.y - end.y)).toBeLessThan(6)

  await builder.button('Undo').hover()
  await expect(page.getByRole('tooltip', { name: 'Undo: Add code after mock' })).toBeVisible()
  await builder.button('Undo').click()
  await expect(builder.tool('code')).toHaveCount(0)
  await expect(label(page, 'mock', 'code')).toHaveCount(0)
  await expect(builder.tool('mock')).toBeVisible()

  const other = { x: spot.x, y: spot.y + 300 }
  await page.mouse.move(other.x, other.y)
  await page.keyboard.press('/')
  await page.keyboard.type('http')
  await page.keyboard.press('Enter')
  const added = await builder.tool('http_request').boundingBox()
  expect(Math.abs((added?.x ?? 0) + (added?.width ?? 0) / 2 - other.x)).toBeLessThan(3)
})

test('a tool is put on an edge: dropped from the palette, dragged, or chosen by keyboard; each is one step', async ({
  builder,
  page,
}) => {
  await builder.openFlow(port())
  await page.locator('[data-palette="mock"]').dragTo(label(page, 'moor', 'unload'))
  await expect(label(page, 'moor', 'mock')).toBeVisible()
  await expect(label(page, 'mock', 'unload')).toBeVisible()
  await expect(label(page, 'moor', 'unload')).toHaveCount(0)
  await builder.button('Undo').click()
  await expect(builder.tool('mock')).toHaveCount(0)

  const weigh = await builder.tool('weigh').boundingBox()
  const from = { x: (weigh?.x ?? 0) + 80, y: (weigh?.y ?? 0) + 16 }
  const edge = await middleOf(label(page, 'moor', 'unload'))
  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  await page.mouse.move(edge.x + 8, edge.y + 8, { steps: 8 })
  await page.mouse.move(edge.x, edge.y, { steps: 3 })
  await expect(label(page, 'moor', 'unload')).toHaveAttribute('data-aimed', 'true')
  await page.mouse.up()
  await expect(label(page, 'moor', 'weigh')).toBeVisible()
  await expect(label(page, 'weigh', 'unload')).toBeVisible()
  await builder.button('Undo').click()
  await expect(label(page, 'moor', 'unload')).toBeVisible()
  const back = await builder.tool('weigh').boundingBox()
  expect(Math.abs((back?.y ?? 0) - (weigh?.y ?? 0))).toBeLessThan(3)

  await label(page, 'moor', 'unload').focus()
  await page.keyboard.press('Tab')
  await expect(page.getByRole('button', { name: 'Insert a tool between moor and unload' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('combobox', { name: 'Kind of tool' })).toBeFocused()
  await page.keyboard.type('weigh')
  await page.keyboard.press('Enter')
  await expect(label(page, 'weigh', 'unload')).toBeVisible()
})

test('what is copied in one window is pasted in another, and tools of other formats are taken too', async ({
  builder,
  page,
  app,
}) => {
  await builder.openFlow(port({ notes: [{ id: 'n1', x: 300, y: 420, text: 'Mind the **tide**.' }] }))
  await page.keyboard.press('Control+a')
  await page.keyboard.press('Control+c')
  const other = await page.context().newPage()
  await other.goto(app.address)
  await other.getByRole('button', { name: 'New flow' }).click()
  await other.getByRole('menuitem', { name: /^Blank/ }).click()
  await expect(other.getByRole('region', { name: 'Canvas' })).toBeVisible()
  await other.keyboard.press('Control+v')
  await expect(other.locator('[data-tool]')).toHaveCount(3)
  await expect(label(other, 'moor', 'unload')).toBeVisible()
  await expect(other.locator('[data-note]')).toContainText('Mind the tide.')
  await other.close()

  const paste = async (text: string) => {
    await builder.prompt.fill(text)
    await builder.prompt.press('Control+a')
    await builder.prompt.press('Control+x')
    await builder.tool('moor').focus()
    await page.keyboard.press('Control+v')
  }
  await paste(JSON.stringify([{ name: 'moor', input_schema: { type: 'object', properties: {} } }]))
  await expect(builder.tool('moor_2')).toBeVisible()
  await expect(page.getByText('Pasted 1 tool.')).toBeVisible()
  await paste('Dear harbour master, all is well.')
  await expect(page.getByText(/Nothing was pasted\. Expected copied tools/)).toBeVisible()
  await expect(page.locator('[data-tool]')).toHaveCount(4)
  await page.keyboard.press('Control+z')
  await expect(builder.tool('moor_2')).toHaveCount(0)

  await builder.tool('weigh').click()
  await page.keyboard.press('Control+x')
  await expect(builder.tool('weigh')).toHaveCount(0)
  await page.keyboard.press('Control+v')
  await expect(builder.tool('weigh')).toBeVisible()
})

test('tools are grouped under a frame that is named, dragged, saved and taken away', async ({ builder, page }) => {
  await builder.openFlow(port())
  await builder.tool('moor').click()
  await builder.tool('weigh').click({ modifiers: ['Shift'] })
  await page.keyboard.press('Control+g')
  const frame = page.getByRole('group', { name: 'Group Group 1, 2 tools' })
  await expect(frame).toBeVisible()
  await page.getByRole('button', { name: 'Rename the group Group 1' }).focus()
  await page.keyboard.press('Enter')
  await page.keyboard.type('At the quay')
  await page.keyboard.press('Enter')
  const named = page.getByRole('group', { name: 'Group At the quay, 2 tools' })
  await expect(named).toBeFocused()
  await page.keyboard.press('Escape')

  const [moor, weigh, unload] = await Promise.all(
    ['moor', 'weigh', 'unload'].map((name) => builder.tool(name).boundingBox()),
  )
  const box = await named.boundingBox()
  const grip = { x: (box?.x ?? 0) + 40, y: (box?.y ?? 0) + (box?.height ?? 0) - 12 }
  await drag(page, grip, { x: grip.x + 90, y: grip.y + 60 })
  await expect.poll(async () => (await builder.tool('moor').boundingBox())?.x ?? 0).toBeGreaterThan((moor?.x ?? 0) + 60)
  const after = await Promise.all(['moor', 'weigh', 'unload'].map((name) => builder.tool(name).boundingBox()))
  expect(Math.abs((after[1]?.y ?? 0) - (weigh?.y ?? 0) - ((after[0]?.y ?? 0) - (moor?.y ?? 0)))).toBeLessThan(2)
  expect(after[2]?.x).toBe(unload?.x)
  await builder.saved()
  await page.reload()
  await expect(named).toBeVisible()
  await named.click({ position: { x: 30, y: (box?.height ?? 60) - 10 } })
  await page.keyboard.press('Control+Shift+g')
  await expect(named).toHaveCount(0)
  await expect(builder.tool('moor')).toBeVisible()
  await page.keyboard.press('Control+z')
  await expect(named).toBeVisible()

  // The list has the group, too, with all that the frame can do.
  await page.keyboard.press('Control+Shift+o')
  const row = page.getByRole('treeitem', { name: /^Group At the quay/ })
  await row.focus()
  await page.keyboard.press('Enter')
  await expect(builder.tool('moor')).toHaveAttribute('aria-selected', 'true')
  await expect(builder.tool('unload')).toHaveAttribute('aria-selected', 'false')
  await page.keyboard.press('F2')
  await page.getByRole('textbox', { name: 'Group name' }).fill('In port')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('treeitem', { name: /^Group In port/ })).toBeFocused()
  await page.keyboard.press('Shift+F10')
  await page.getByRole('menuitem', { name: 'Ungroup' }).press('Enter')
  await expect(page.locator('[data-tool-group]')).toHaveCount(0)
})

test('a note is written, shown as Markdown, resized and copied with tools', async ({ builder, page }) => {
  await builder.openFlow(port())
  await page.getByRole('toolbar', { name: 'Canvas tools' }).getByRole('button', { name: 'Note' }).click()
  await page.keyboard.type('Mind the **tide**.')
  await page.keyboard.press('Escape')
  const note = page.locator('[data-note]')
  await expect(note).toBeFocused()
  await expect(note.locator('strong')).toHaveText('tide')
  const before = await note.boundingBox()
  await page.keyboard.press('Alt+Shift+ArrowRight')
  await expect.poll(async () => (await note.boundingBox())?.width ?? 0).toBeGreaterThan((before?.width ?? 0) + 20)
  await page.keyboard.press('Control+d')
  await expect(note).toHaveCount(2)
  await page.keyboard.press('Delete')
  await expect(note).toHaveCount(1)
  await builder.saved()
})
