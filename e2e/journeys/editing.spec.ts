import { expect, test } from '../app.ts'

test('every change can be undone and redone, a drag as one step', async ({ builder, page }) => {
  await builder.startBlank()
  await builder.dragTool('http', 'find_berth', { x: 420, y: 160 })
  const node = builder.tool('find_berth')
  const before = await node.boundingBox()
  await page.mouse.move((before?.x ?? 0) + 60, (before?.y ?? 0) + 16)
  await page.mouse.down()
  await page.mouse.move((before?.x ?? 0) + 180, (before?.y ?? 0) + 90, { steps: 8 })
  await page.mouse.up()
  await expect.poll(async () => (await node.boundingBox())?.x).toBeGreaterThan((before?.x ?? 0) + 80)
  await builder.button('Undo').click()
  await expect.poll(async () => Math.abs(((await node.boundingBox())?.x ?? 0) - (before?.x ?? 0))).toBeLessThan(3)
  await builder.button('Redo').click()
  await expect.poll(async () => (await node.boundingBox())?.x).toBeGreaterThan((before?.x ?? 0) + 80)
  await node.click()
  await page.keyboard.press('Delete')
  await expect(node).toHaveCount(0)
  await page.keyboard.press('Control+z')
  await expect(node).toBeVisible()
  await page.keyboard.press('Control+Shift+z')
  await expect(node).toHaveCount(0)
})

test('tools are added, described, connected and run with the keyboard alone', async ({ builder, page }) => {
  await builder.startBlank()
  await page.keyboard.press('/')
  await page.keyboard.type('mock')
  await page.keyboard.press('Enter')
  const first = page.locator('[data-tool]').first()
  await expect(first).toBeVisible()
  const name = builder.inspector.getByRole('textbox', { name: 'Name', exact: true })
  await name.fill('weigh_cargo')
  await name.press('Enter')
  await builder.inspector.getByRole('textbox', { name: 'Description' }).fill('Weighs the cargo of a ship.')
  await builder.button('Add parameter').focus()
  await page.keyboard.press('Enter')
  await builder.inspector.getByRole('textbox', { name: 'Parameter name' }).last().fill('ship')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Control+Enter')
  await expect(page.locator('[data-tool="weigh_cargo"]')).toHaveAttribute('data-status', 'idle')

  await builder.prompt.focus()
  await page.keyboard.type('Weigh the cargo of the Alba.')
  await page.keyboard.press('Control+Enter')
  await expect(builder.tool('weigh_cargo')).toHaveAttribute('data-status', 'succeeded', { timeout: 15_000 })
})

test('a dependency is chosen in the inspector as well as drawn', async ({ builder, page }) => {
  await builder.startBlank()
  await builder.dragTool('mock', 'moor', { x: 420, y: 160 })
  await builder.dragTool('mock', 'unload', { x: 420, y: 330 })
  await builder.tool('unload').click()
  await builder.inspector.getByRole('combobox', { name: 'Runs after' }).click()
  await page.getByRole('option', { name: /moor/ }).click()
  await expect(page.locator('.react-flow__edge')).not.toHaveCount(0)
  await builder.saved()
})

test('a flow that was exported comes back by import with all its tools', async ({ builder, page }) => {
  const tools = [
    {
      name: 'hail_pilot',
      description: 'Calls a pilot aboard.',
      input_schema: { type: 'object', properties: { ship: { type: 'string' } } },
    },
  ]
  await builder.startBlank()
  await builder.button('Import').first().click()
  await page.getByRole('dialog').getByRole('textbox').first().fill(JSON.stringify(tools))
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /import|add|open/i })
    .last()
    .click()
  await expect(builder.tool('hail_pilot')).toBeVisible()
})
