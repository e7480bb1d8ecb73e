import { expect, test } from '../app.ts'

test('a flow is built, connected, run and mended in the list, by keyboard alone', async ({ builder, page }) => {
  await builder.startBlank()
  await page.keyboard.press('Control+Shift+O')
  const tree = page.getByRole('tree', { name: 'The agent and its tools' })
  await expect(tree).toBeVisible()
  await expect(builder.canvas).toBeVisible()
  await expect(page.locator('.react-flow')).toHaveCount(0)

  // Two tools, each named as it is added.
  for (const name of ['moor_ship', 'unload_ship']) {
    await builder.button('Add tool').focus()
    await page.keyboard.press('Enter')
    await page.getByRole('menuitem', { name: 'Mock' }).press('Enter')
    await page.getByRole('textbox', { name: /^New name of/ }).fill(name)
    await page.keyboard.press('Enter')
    await expect(builder.tool(name)).toBeFocused()
  }

  // The second one waits for the first.
  await page.keyboard.press('Shift+F10')
  await page.getByRole('menuitem', { name: /waits for/ }).press('Enter')
  await page.getByRole('checkbox', { name: 'moor_ship' }).press(' ')
  await page.keyboard.press('Escape')
  await expect(builder.tool('unload_ship')).toBeFocused()
  await expect(builder.tool('unload_ship')).toHaveAccessibleName(/step 2, after moor_ship/)

  // The way back would be a circle: it is refused, with the reason.
  await page.keyboard.press('ArrowUp')
  await expect(builder.tool('moor_ship')).toBeFocused()
  await page.keyboard.press('Shift+F10')
  await page.getByRole('menuitem', { name: /waits for/ }).press('Enter')
  const refused = page.getByRole('checkbox', { name: 'unload_ship' })
  await refused.press(' ')
  await expect(refused).not.toBeChecked()
  await expect(refused).toHaveAccessibleDescription(/circle/)
  await page.keyboard.press('Escape')
  await expect(builder.tool('moor_ship')).toBeFocused()

  // Its properties are the inspector's.
  await page.keyboard.press('Enter')
  await expect(builder.inspector.getByRole('textbox', { name: 'Name', exact: true })).toBeFocused()

  await builder.run('Moor the ship Alba and unload the ship.')
  await builder.answered()
  await expect(builder.tool('unload_ship')).toHaveAttribute('data-status', 'succeeded')
  await expect(builder.calls('unload_ship')).toHaveCount(1)
  await expect(page.locator('[data-agent]')).toHaveCount(1)

  // Edges and calls stand under their tool.
  await builder.tool('unload_ship').focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('treeitem', { name: /^Runs after moor_ship/ })).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('treeitem', { name: /^Call #\d+ succeeded/ })).toBeFocused()
  await expect(page.locator('[data-span][data-lit]')).toHaveCount(1)
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Delete')
  await expect(builder.tool('unload_ship')).toHaveAccessibleName(/waits for no tool/)

  // Several at once, and back.
  await builder.tool('moor_ship').focus()
  await page.keyboard.press('Shift+ArrowDown')
  await expect(page.locator('[role="treeitem"][aria-selected="true"]')).toHaveCount(2)
  await page.keyboard.press('Delete')
  await expect(page.locator('[data-tool]')).toHaveCount(0)
  await page.keyboard.press('Control+z')
  await expect(page.locator('[data-tool]')).toHaveCount(2)
  await expect(page.locator('[data-announcer="edit"]')).toHaveText(/^Undone: Delete/)

  // This browser remembers the list.
  await builder.saved()
  await page.reload()
  await expect(tree).toBeVisible()
  await page.getByRole('radio', { name: 'Canvas' }).click()
  await expect(page.locator('.react-flow__node')).toHaveCount(3)
})

test('a tool is renamed and moved, a bad name says why, and a note is written in its row', async ({
  builder,
  page,
}) => {
  const tool = (name: string) => ({ name, parameters: { type: 'object' }, run: { kind: 'mock' as const } })
  await builder.openFlow({
    format: 'volley.flow/1',
    name: 'List',
    agent: { provider: 'simulated', model: 'simulated-1' },
    tools: [tool('moor'), tool('weigh'), { ...tool('pay'), run: { kind: 'mcp', server: 'nowhere', tool: 'pay' } }],
    notes: [{ id: 'n1', x: 0, y: 0, text: 'Mind the tide.' }],
  })
  await page.getByRole('radio', { name: 'List' }).click()
  await builder.tool('weigh').focus()
  await page.keyboard.press('Alt+ArrowUp')
  await expect(page.locator('[data-tool]').first()).toHaveAttribute('data-tool', 'weigh')
  await expect(builder.tool('weigh')).toBeFocused()

  await page.keyboard.press('F2')
  const field = page.getByRole('textbox', { name: 'New name of weigh' })
  await field.fill('moor')
  await field.press('Enter')
  await expect(page.getByRole('alert')).toContainText('Another tool is named "moor"')
  await field.fill('weigh_cargo')
  await field.press('Enter')
  await expect(builder.tool('weigh_cargo')).toBeFocused()

  await page.keyboard.press('End')
  await expect(page.getByRole('treeitem', { name: 'Note: Mind the tide.' })).toBeFocused()
  await page.keyboard.press('F2')
  await page.getByRole('textbox', { name: 'Note text' }).fill('High water at noon.')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('treeitem', { name: 'Note: High water at noon.' })).toBeFocused()
  await page.keyboard.press('p')
  await expect(builder.tool('pay')).toBeFocused()
})
