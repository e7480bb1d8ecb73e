import { expect, test } from '../app.ts'
import { faultsOf } from '../axe.ts'

const HARBOUR = {
  format: 'volley.flow/1',
  name: 'Pilot',
  agent: {
    provider: 'simulated',
    model: 'simulated-1',
    settings: {
      script: [
        {
          text: 'I look.',
          calls: [
            { tool: 'tide', arguments: { port: 'Cuxhaven' } },
            { tool: 'wind', arguments: {} },
          ],
        },
        { calls: [{ tool: 'sail', arguments: { metres: { from_call: 1, path: 'metres' } } }] },
        { text: 'We sail.' },
      ],
      pace: { firstTokenMs: 20, callMs: 5 },
    },
  },
  tools: [
    {
      name: 'tide',
      description: 'Height of the tide.',
      parameters: { type: 'object', properties: { port: { type: 'string' } }, required: ['port'] },
      run: { kind: 'mock', result: { metres: 2 }, latencyMs: 30 },
    },
    { name: 'wind', parameters: { type: 'object' }, run: { kind: 'mock', result: 'calm', latencyMs: 30 } },
    {
      name: 'sail',
      parameters: { type: 'object', properties: { metres: { type: 'number' } } },
      run: { kind: 'mock', result: { depth: '{{metres}}' } },
    },
  ],
  edges: [{ from: 'tide', to: 'sail', kind: 'data' }],
}

test('a message is continued, forked with another result, kept, run side by side, and calls are written by hand', async ({
  builder,
  page,
}) => {
  await builder.openFlow(HARBOUR as never)
  const playground = page.getByRole('region', { name: 'Playground' })
  const more = (name: string) => playground.getByRole('button', { name, exact: true }).last()
  await builder.run('Sail.')
  await builder.answered()

  // A conversation of several messages.
  await more('More for the playground').click()
  await page.getByRole('menuitem', { name: 'Continue the conversation' }).click()
  await expect(playground.getByText('Goes with 2 earlier messages')).toBeVisible()
  await builder.run('And back again.')
  await builder.answered()
  await expect(playground.getByText('Goes with 4 earlier messages')).toBeVisible()
  await page.getByRole('tab', { name: 'Messages' }).click()
  await expect(builder.timeline.getByText('We sail.').first()).toBeVisible()
  await page.getByRole('tab', { name: /^Timeline/ }).click()
  await playground.getByRole('button', { name: 'Send messages alone' }).click()

  // Another way on from its middle.
  await more('More for this message').click()
  await page.getByRole('menuitem', { name: 'Fork after a turn…' }).click()
  const fork = page.getByRole('dialog', { name: 'Fork after a turn' })
  await fork.getByRole('combobox', { name: 'Keep' }).selectOption('1')
  const result = fork.getByRole('textbox', { name: /#1 tide/ })
  await result.fill('{ metres: 9 }')
  await fork.getByRole('button', { name: 'Fork', exact: true }).click()
  await expect(fork.getByRole('alert')).toContainText('call #1 is no JSON')
  await result.fill('{ "metres": 9 }')
  expect(await faultsOf(page, 'fork')).toEqual([])
  await fork.getByRole('button', { name: 'Fork', exact: true }).click()
  await expect(fork).toHaveCount(0)
  await builder.answered()
  await builder.calls('sail').first().click()
  await expect(builder.timeline.getByText(/"depth": ?9/).first()).toBeVisible()

  // Kept as an example, and said again with what was recorded.
  await more('More for this message').click()
  await page.getByRole('menuitem', { name: 'Save as example' }).click()
  await more('More for the playground').click()
  await page.getByRole('menuitem', { name: 'And back again.' }).click()
  await expect(builder.prompt).toHaveValue('And back again.')

  // Calls by hand: a mistake names its call, then they run without a model.
  await more('More for the playground').click()
  await page.getByRole('menuitem', { name: 'Calls by hand…' }).click()
  const hand = page.getByRole('dialog', { name: 'Calls by hand' })
  await hand.getByRole('button', { name: 'Add a call' }).click()
  await hand.getByRole('textbox', { name: 'Arguments of call 1' }).fill('Kiel')
  await hand.getByRole('button', { name: 'Run these calls' }).click()
  await expect(hand.getByRole('alert')).toContainText('call 1')
  await hand.getByRole('textbox', { name: 'Arguments of call 1' }).fill('{"port": "Kiel"}')
  await hand.getByRole('button', { name: 'Run these calls' }).click()
  await expect(playground.getByText('Calls written by hand.')).toBeVisible()
  await expect(builder.calls('tide')).toHaveCount(1)
  await expect(builder.calls('wind')).toHaveCount(0)

  // Two variants at once, on one axis.
  await more('More for the playground').click()
  await page.getByRole('menuitem', { name: 'Run side by side…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Run side by side' })
  await dialog.getByRole('textbox', { name: 'Message' }).fill('Sail.')
  expect(await faultsOf(page, 'variants')).toEqual([])
  await dialog.getByRole('button', { name: 'Run 2 variants' }).click()
  const lanes = page.getByRole('region', { name: 'Side by side' }).getByRole('article')
  await expect(lanes).toHaveCount(2)
  await expect(page.getByText('fastest')).toBeVisible()
  await expect(lanes.first().locator('[data-span]')).toHaveCount(3)
  await expect(page.getByRole('region', { name: 'Calls beside one another' })).toBeVisible()
  expect(await faultsOf(page, 'side by side')).toEqual([])
})
