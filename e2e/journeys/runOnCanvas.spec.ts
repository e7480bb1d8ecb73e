import type { FlowDocument } from '@volley/shared/flow/flow.ts'
import { expect, test } from '../app.ts'
import { faultsOf } from '../axe.ts'

/** Two ships are hailed at once; the second answer comes late; then both are unloaded. */
const HARBOUR: FlowDocument = {
  format: 'volley.flow/1',
  name: 'Harbour',
  agent: {
    provider: 'simulated',
    model: 'simulated-1',
    settings: {
      script: [
        {
          text: 'I hail them.',
          calls: [
            { tool: 'hail_ship', arguments: { ship: 'Alba' } },
            { tool: 'hail_ship', arguments: { ship: 'Bora' } },
            { tool: 'unload_ship', arguments: { ship: 'Alba' } },
          ],
        },
        { text: 'All is unloaded.' },
      ],
    },
  },
  tools: [
    {
      name: 'hail_ship',
      description: 'Hails a ship.',
      parameters: { type: 'object', properties: { ship: { type: 'string' } } },
      run: { kind: 'mock', result: 'aye', latencyMs: 200, cases: [{ when: { ship: 'Bora' }, latencyMs: 900 }] },
    },
    {
      name: 'unload_ship',
      description: 'Unloads a ship.',
      parameters: { type: 'object', properties: { ship: { type: 'string' } } },
      run: { kind: 'mock', result: 'done', latencyMs: 300 },
    },
  ],
  edges: [{ from: 'hail_ship', to: 'unload_ship', kind: 'order' }],
}

test('an edge moves once, when the end of a call lets the next one go', async ({ builder, page }) => {
  await builder.openFlow(HARBOUR)
  // The page itself notes the statuses at the moment an edge begins to move.
  await page.evaluate(() => {
    const seen = window as unknown as { moves: { hails: (string | null)[]; unload: string | null }[] }
    seen.moves = []
    const statusOf = (call: number) =>
      document.querySelector(`[data-call="${call}"]`)?.getAttribute('data-status') ?? null
    new MutationObserver((changes) => {
      const began = changes.flatMap((change) => [...change.addedNodes])
      if (began.some((node) => node instanceof Element && node.matches('.dependency-release')))
        seen.moves.push({ hails: [statusOf(1), statusOf(2)], unload: statusOf(3) })
    }).observe(document.body, { subtree: true, childList: true })
  })
  await builder.run('Unload the Alba.')
  await builder.answered()
  const moves = await page.evaluate(() => (window as unknown as { moves: unknown[] }).moves)
  expect(moves).toEqual([{ hails: ['succeeded', 'succeeded'], unload: 'running' }])
  await expect(page.locator('.dependency-release')).toHaveCount(0)
  await expect(page.locator('g.dependency[data-critical]')).toHaveCount(1)
})

test('a finished run is looked at as it was, along its time, and the end comes back', async ({ builder, page }) => {
  await builder.openFlow(HARBOUR)
  await builder.run('Unload the Alba.')
  await builder.answered()
  const playhead = page.getByRole('slider', { name: 'Moment on the time axis' })
  const agent = page.locator('[data-agent]')
  await expect(agent).toContainText('turn 2 of 2')

  // In the middle of the long call: a click on the axis over its bar.
  const bar = await builder.timeline.locator('[data-span="2"]').boundingBox()
  const head = await playhead.boundingBox()
  await page.mouse.click((bar?.x ?? 0) + (bar?.width ?? 0) * 0.6, (head?.y ?? 0) + 8)
  await expect(page.locator('[data-call="1"]')).toHaveAttribute('data-status', 'succeeded')
  await expect(page.locator('[data-call="2"]')).toHaveAttribute('data-status', 'running')
  await expect(builder.tool('unload_ship')).toHaveAttribute('data-status', 'waiting')
  await expect(agent).toContainText('turn 1 of 2')
  await expect(builder.page.getByRole('region', { name: 'Conversation' })).not.toContainText('All is unloaded.')
  await expect(builder.button('Run')).toBeEnabled()
  await expect(builder.button('Stop')).toBeDisabled()
  await page.getByRole('tab', { name: /Calls/ }).click()
  await expect(builder.timeline.locator('tr[data-status="running"]')).toHaveCount(1)
  await page.getByRole('tab', { name: 'Timeline' }).click()

  // By keyboard: to the beginning, on to the first changes, and to the end.
  await playhead.focus()
  await page.keyboard.press('Home')
  await expect(page.locator('[data-call]')).toHaveCount(0)
  for (const _ of ['turn begins', 'first call']) await page.keyboard.press('Shift+ArrowRight')
  await expect(page.locator('[data-tool="hail_ship"] [data-call]')).toHaveCount(1)
  await expect(playhead).toHaveAttribute('aria-valuetext', /1 waiting/)
  await page.keyboard.press('End')
  await expect(builder.tool('unload_ship')).toHaveAttribute('data-status', 'succeeded')
  await expect(page.getByText('As it was at')).toHaveCount(0)

  // Played four times as fast, it comes to its end by itself.
  await page.getByRole('button', { name: /^Speed/ }).click()
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('Enter')
  await expect(page.getByText('As it was at')).toBeVisible()
  await expect(page.getByText('As it was at')).toHaveCount(0, { timeout: 15_000 })
  await expect(builder.tool('unload_ship')).toHaveAttribute('data-status', 'succeeded')
})

test('what is pointed at or focused in one place is lit in all', async ({ builder, page }) => {
  await builder.openFlow(HARBOUR)
  await builder.run('Unload the Alba.')
  await builder.answered()
  const lit = page.locator('[data-span][data-lit]')
  await builder.tool('hail_ship').locator('[data-call="2"]').hover()
  await expect(lit).toHaveCount(1)
  await expect(lit).toHaveAttribute('data-span', '2')
  await expect(builder.tool('hail_ship')).toContainText('#2')
  await builder.timeline.locator('[data-span="3"]').hover()
  await expect(page.locator('.call-pip[data-lit]')).toHaveAttribute('data-call', '3')
  await page.mouse.move(0, 0)
  await page.getByRole('button', { name: /^hail_ship ×2/ }).focus()
  await expect(lit).toHaveCount(2)
  await builder.tool('hail_ship').focus()
  await page.keyboard.press('Tab')
  await expect(page.locator('.call-pip:focus')).toHaveAttribute('data-call', '1')
  await page.keyboard.press('ArrowRight')
  await expect(lit).toHaveAttribute('data-span', '2')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('complementary', { name: 'Call 2' })).toBeVisible()
})

test('every one of many calls is a mark of its own', async ({ builder, page }) => {
  const calls = Array.from({ length: 200 }, (_, n) => ({ tool: 'hail_ship', arguments: { ship: `${n}` } }))
  await builder.openFlow({
    ...HARBOUR,
    agent: {
      ...HARBOUR.agent,
      settings: { script: [{ calls }, { text: 'Done.' }], pace: { firstTokenMs: 0, callMs: 0 } },
      limits: { callsPerTurn: 200 },
    },
  })
  await builder.run('Hail them all.')
  await builder.answered()
  const pips = page.locator('[data-tool="hail_ship"] button[data-call][data-status="succeeded"]')
  await expect(pips).toHaveCount(200)
  const [node, last] = [await builder.tool('hail_ship').boundingBox(), await pips.last().boundingBox()]
  expect((last?.y ?? 0) + (last?.height ?? 0)).toBeLessThanOrEqual((node?.y ?? 0) + (node?.height ?? 0))
})

test('a run of an older version is shown on the canvas with the version that ran', async ({ builder, page }) => {
  await builder.openFlow(HARBOUR)
  await builder.run('Unload the Alba.')
  await builder.answered()
  await builder.tool('unload_ship').click()
  await page.keyboard.press('Delete')
  await expect(builder.tool('unload_ship')).toHaveCount(0)
  await builder.saved()
  await page.getByRole('link', { name: 'Runs', exact: true }).click()
  await page.getByRole('main').getByRole('link').first().click()
  await page.getByRole('link', { name: 'Show on the canvas' }).click()
  await expect(page.getByText('Version 1, as it was when this run began.')).toBeVisible()
  await expect(builder.calls('unload_ship')).toHaveAttribute('data-status', 'succeeded')
  await builder.tool('unload_ship').click()
  await page.keyboard.press('Delete')
  await expect(page.getByText('Version 1 is shown as it ran and cannot be changed.')).toBeVisible()
  await expect(builder.tool('unload_ship')).toBeVisible()
  await builder.button('Open the newest version').click()
  await expect(builder.tool('unload_ship')).toHaveCount(0)
  await expect(builder.tool('hail_ship')).toBeVisible()
})

test('a timeline is gone through by keyboard, and a change tried on it is made for good as one step', async ({
  builder,
  page,
}) => {
  await builder.openFlow(HARBOUR)
  await builder.run('Unload the Alba.')
  await builder.answered()
  const tree = page.getByRole('tree', { name: 'Turns and calls in time' })
  await tree.focus()
  await page.keyboard.press('ArrowLeft')
  await expect(builder.timeline.locator('[data-span]')).toHaveCount(0)
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowDown')
  await expect(builder.tool('hail_ship').locator('.call-pip[data-lit]')).toHaveAttribute('data-call', '1')
  const widthOf = async () => (await builder.timeline.locator('[data-span="1"]').boundingBox())?.width ?? 0
  const before = await widthOf()
  await page.keyboard.press('+')
  await expect.poll(widthOf).toBeGreaterThan(before * 1.5)
  await page.keyboard.press('0')
  await expect.poll(widthOf).toBeCloseTo(before, 0)
  // The end of the part shown, moved to the middle of the whole by its keys.
  const end = page.getByRole('slider', { name: 'End of the part shown' })
  const endOf = async () => Number(await end.getAttribute('aria-valuenow'))
  const whole = await endOf()
  await end.focus()
  for (let step = 0; step < 5; step++) await page.keyboard.press('PageDown')
  await expect.poll(endOf).toBeLessThan(whole * 0.55)
  await expect(page.getByRole('button', { name: 'Show the whole run' })).toBeEnabled()
  await page.getByRole('button', { name: 'By tool' }).click()
  await expect(page.getByRole('treeitem', { name: /^hail_ship 2 calls/ })).toHaveAttribute('aria-expanded', 'true')

  await page.getByRole('tab', { name: 'What if' }).click()
  const elapsed = page.locator('[data-what-if="elapsedMs"]')
  const was = await elapsed.textContent()
  await page.getByRole('checkbox', { name: 'The order edge from hail_ship to unload_ship' }).click()
  await expect(page.locator('[data-what-if="byMs"]')).toContainText('sooner')
  await expect(elapsed).not.toHaveText(was ?? '')
  await page.getByRole('slider', { name: 'Average, slider' }).first().focus()
  await page.keyboard.press('Home')
  await expect(page.getByRole('list', { name: 'Changes tried' }).getByRole('listitem')).toHaveCount(2)
  expect(await faultsOf(page, 'what if')).toEqual([])

  await page.getByRole('button', { name: /^Apply to the flow: Remove the edge/ }).click()
  await expect(page.locator('g.dependency')).toHaveCount(0)
  await expect(page.getByText('in the flow', { exact: true })).toBeVisible()
  await builder.button('Undo').click()
  await expect(page.locator('g.dependency')).toHaveCount(1)
  await expect(page.getByRole('button', { name: /^Apply to the flow: Remove the edge/ })).toBeEnabled()
})
