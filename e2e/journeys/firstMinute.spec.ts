import fs from 'node:fs'
import { expect, test } from '../app.ts'

// As people see it who did not ask for less motion.
test.use({ contextOptions: { reducedMotion: 'no-preference' } })

test('a newcomer draws two tools and an edge, runs the agent, sees one call wait for the other, and takes the flow home', async ({
  builder,
  page,
}) => {
  await builder.startBlank()
  await builder.dragTool('mock', 'moor_ship', { x: 420, y: 160 })
  await builder.dragTool('mock', 'unload_ship', { x: 760, y: 320 })
  await builder.connect('moor_ship', 'unload_ship')
  await builder.tool('unload_ship').click()
  await expect(builder.inspector.getByText('moor_ship').filter({ visible: true }).first()).toBeVisible()
  await builder.saved()

  await builder.run('Moor the ship Alba and unload the ship.')
  await expect(builder.calls('moor_ship').first()).toHaveAttribute('data-status', /running|succeeded/)
  await expect(builder.tool('unload_ship')).toHaveAttribute('data-status', 'succeeded', { timeout: 15_000 })
  await builder.answered()

  const [moor, unload] = await Promise.all(
    ['moor_ship', 'unload_ship'].map((tool) => builder.calls(tool).first().getAttribute('data-call')),
  )
  const left = async (call: string | null | undefined) =>
    (await builder.timeline.locator(`[data-span="${call}"]`).boundingBox()) ?? { x: 0, width: 0 }
  const [first, second] = [await left(moor), await left(unload)]
  expect(second.x).toBeGreaterThanOrEqual(first.x + first.width - 2)

  const download = page.waitForEvent('download')
  await builder.button('Export').click()
  const file = await (await download).path()
  const flow = JSON.parse(fs.readFileSync(file, 'utf8'))
  expect(flow.format).toBe('volley.flow/1')
  expect(flow.tools.map((tool: { name: string }) => tool.name)).toEqual(['moor_ship', 'unload_ship'])
  expect(flow.edges).toMatchObject([{ from: 'moor_ship', to: 'unload_ship', kind: 'order' }])
})

test('the first example lights up several calls at once, and the numbers over the timeline tell what that gained', async ({
  builder,
  page,
}) => {
  const example = page.getByRole('region', { name: 'Examples' }).locator('[data-example]').first()
  await example.click()
  await expect(builder.canvas).toBeVisible()
  const mostRunning = await builder.countRunning()
  await builder.button('Run').click()
  await builder.answered()
  expect(await mostRunning()).toBeGreaterThanOrEqual(2)
  await expect(page.locator('[data-summary="speedup"]').first()).toHaveText(/^[\d.]+×$/)
  await expect(builder.timeline.locator('[data-critical="true"]').first()).toBeVisible()
  await expect(page.getByText('simulated', { exact: false }).first()).toBeVisible()
})

test('a failed call leaves its siblings alone, and the answer names it', async ({ builder, page }) => {
  await builder.openExample('research')
  await builder.button('Run').click()
  await builder.answered()
  await expect(page.locator('[data-tool][data-status="failed"]').first()).toBeVisible()
  await expect(page.locator('[data-tool][data-status="succeeded"]').first()).toBeVisible()
})

test('Stop ends a run at once', async ({ builder, page }) => {
  await builder.openFlow({
    format: 'volley.flow/1',
    name: 'A ferry that never comes',
    agent: { provider: 'simulated', model: 'simulated-1' },
    tools: [
      {
        name: 'call_ferry',
        description: 'Calls the ferry.',
        parameters: { type: 'object' },
        run: { kind: 'mock', hang: true },
      },
    ],
  })
  await builder.run('Call the ferry.')
  await expect(builder.calls('call_ferry').first()).toHaveAttribute('data-status', 'running')
  await builder.button('Stop').click()
  await expect(builder.calls('call_ferry').first()).toHaveAttribute('data-status', 'cancelled')
  await expect(builder.button('Run')).toBeEnabled()
  await expect(page.getByText(/cancelled/i).first()).toBeVisible()
})
