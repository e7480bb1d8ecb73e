import type { Page } from '@playwright/test'
import type { StartRun } from '@volley/shared/api.ts'
import type { FlowDocument } from '@volley/shared/flow/flow.ts'
import { expect, test } from '../app.ts'
import { faultsOf } from '../axe.ts'

/** Scores need no rates, and wait for them all the same; one city is asked for twice. */
const SCORES: FlowDocument = {
  format: 'volley.flow/1',
  name: 'Score desk',
  agent: {
    provider: 'simulated',
    model: 'simulated-1',
    settings: {
      pace: { firstTokenMs: 20, callMs: 20 },
      script: [
        {
          calls: [
            { tool: 'rates' },
            { tool: 'score', arguments: { city: 'Rome' } },
            { tool: 'score', arguments: { city: 'Rome' } },
          ],
        },
        { text: 'The rate is 1.0842, and Rome scores 71.' },
      ],
    },
  },
  tools: [
    {
      name: 'rates',
      parameters: { type: 'object' },
      run: { kind: 'mock', result: { rate: 1.0842 }, latencyMs: 500 },
      annotations: { readOnlyHint: true },
    },
    {
      name: 'score',
      parameters: { type: 'object', properties: { city: { type: 'string' } } },
      run: { kind: 'mock', result: { score: 71 }, latencyMs: 400 },
      annotations: { readOnlyHint: true },
    },
  ],
  edges: [{ from: 'rates', to: 'score', kind: 'order' }],
}

/** Starts a run without the editor and opens its page; the answer opens it again. */
async function startAndLook(page: Page, start: StartRun): Promise<() => Promise<unknown>> {
  const runId = await page.evaluate(async (body) => {
    const headers = { 'content-type': 'application/json' }
    return (await (await fetch('/api/runs', { method: 'POST', headers, body })).json()).runId as string
  }, JSON.stringify(start))
  const open = () => page.goto(new URL(`/runs/${runId}`, page.url()).href)
  await open()
  return open
}

test('what held a run back is told, lit, and cured with one click that undo takes back', async ({ builder, page }) => {
  await builder.openFlow(SCORES)
  const findings = page.getByRole('region', { name: 'Findings' })
  await builder.run('How is Rome?')
  await builder.answered()

  const edge = findings.locator('[data-finding="needless_edge"]')
  await edge.hover()
  await expect(page.locator('.dependency[data-lit]')).toHaveCount(1)
  await expect(builder.tool('score').locator('[data-call][data-lit]')).toHaveCount(2)
  await edge.getByRole('button', { name: 'needless edge' }).press('Enter')
  await expect(edge).toContainText('waited for')
  expect(await faultsOf(page)).toEqual([])

  const cure = edge.getByRole('button', { name: 'Remove the edge rates → score' })
  await cure.press('Enter')
  await expect(page.locator('.dependency')).toHaveCount(0)
  await builder.button('Undo').click()
  await expect(page.locator('.dependency')).toHaveCount(1)
  await cure.click()
  await edge.getByRole('button', { name: 'Start it again' }).click()
  await expect(findings.locator('[data-finding="duplicate_calls"]')).toBeVisible()
  await expect(edge).toHaveCount(0)
})

test('a cure is tried from the page of a run: in the newest version, in a copy, or it says why not', async ({
  builder,
  page,
}) => {
  await builder.openFlow(SCORES)
  const flowId = page.url().split('/').at(-1) as string
  const openRun = await startAndLook(page, { flowId, input: 'How is Rome?' })
  const card = page.locator('[data-finding="needless_edge"]')
  const cure = card.getByRole('button', { name: 'Remove the edge' })

  await cure.click()
  await expect(builder.canvas).toBeVisible()
  await expect(page.locator('.dependency')).toHaveCount(0)
  await builder.saved()

  await openRun()
  await cure.click()
  await expect(card).toContainText('There is no order edge rates → score any more.')

  await page.evaluate((id) => fetch(`/api/flows/${id}`, { method: 'DELETE' }), flowId)
  await openRun()
  await cure.click()
  await expect(page.getByText('This flow was deleted since the run.')).toBeVisible()
  await expect(builder.tool('score')).toBeVisible()
  await expect(page.locator('.dependency')).toHaveCount(0)
})

const CALLS = 1000
/** A thousand calls in one message, one of which fails; one takes a value of the first. */
const MANY: FlowDocument = {
  ...SCORES,
  name: 'Many scores',
  agent: {
    provider: 'simulated',
    model: 'simulated-1',
    system: 'You score {{what}}.',
    variables: { what: 'towns' },
    limits: { calls: CALLS, callsPerTurn: CALLS, concurrency: 100 },
    settings: {
      pace: { firstTokenMs: 0, callMs: 0 },
      script: [
        {
          calls: [
            { tool: 'score', arguments: { city: 'Rome' } },
            { tool: 'note', arguments: { text: { from_call: 1, path: 'score', text: 'Rome has {}' } } },
            ...Array.from({ length: CALLS - 2 }, (_, at) => ({
              tool: 'score',
              arguments: { city: at === 500 ? 'Nowhere' : `Town ${at}` },
            })),
          ],
        },
        { text: 'All are scored.' },
      ],
    },
  },
  tools: [
    {
      name: 'score',
      parameters: { type: 'object', properties: { city: { type: 'string' } } },
      run: {
        kind: 'mock',
        result: { score: 71 },
        latencyMs: 1,
        cases: [{ when: { city: 'Nowhere' }, error: 'No such town.' }],
      },
    },
    {
      name: 'note',
      parameters: { type: 'object', properties: { text: { type: 'string' } } },
      run: { kind: 'http', method: 'POST', url: 'http://127.0.0.1:9/notes', headers: { 'X-Key': '{{secret.NOTES}}' } },
    },
  ],
  edges: [{ from: 'score', to: 'note', kind: 'data' }],
}

test('a run of a thousand calls is looked into: its calls, its messages, what went over the wire', async ({
  app,
  page,
  context,
}) => {
  await page.goto(app.address)
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const copied = () => page.evaluate(() => navigator.clipboard.readText())
  await startAndLook(page, { flow: MANY, input: 'Score them.' })
  await expect(page.getByRole('region', { name: 'Findings' })).toContainText('finding', { timeout: 20_000 })

  await page.getByRole('tab', { name: /^Calls/ }).click()
  const rows = page.locator('tbody tr[data-status]')
  await expect(rows.first()).toHaveAttribute('data-status', 'failed')
  expect(await rows.count()).toBeLessThan(100)
  await rows.first().getByRole('button').focus()
  await page.keyboard.press('End')
  await expect(page.getByRole('row').last()).toContainText('1000')
  await expect(page.locator('[data-row-stop="999"]')).toBeFocused()
  await page.getByRole('searchbox', { name: 'Search the calls' }).fill('#2')
  await page.keyboard.press('Tab')
  await page.getByRole('row').getByRole('button', { name: 'note' }).click()
  const detail = page.getByRole('complementary', { name: 'Call 2' })
  await expect(detail).toContainText('from#1 scorescore= Rome has 71')
  await detail.getByRole('button', { name: 'Copy as cURL' }).click()
  await expect.poll(copied).toContain(`'x-key: '"\${NOTES}"''`)
  await detail.getByRole('button', { name: 'Copy as a test case' }).click()
  await expect.poll(copied).toContain('"text":["Rome has 71"]')
  expect(await faultsOf(page)).toEqual([])
  await detail.getByRole('button', { name: 'Close' }).click()

  await page.getByRole('tab', { name: 'Messages' }).click()
  const conversation = page.getByRole('region', { name: 'The conversation, as the model saw it' })
  await expect(conversation).toContainText('You score towns.')
  await conversation.press('End')
  await expect(conversation).toContainText('All are scored.')

  await page.getByRole('tab', { name: 'Raw' }).click()
  await expect(page.getByRole('region', { name: 'Request' })).toContainText('"model": "simulated-1"')
  await expect(page.getByRole('region', { name: 'Answer, 200' })).toContainText('data: {"id"')
  await page.getByRole('tab', { name: 'Events' }).click()
  await page.getByRole('searchbox', { name: 'Search the events' }).fill('call.failed no such town')
  await page.getByRole('button', { name: /call\.failed/ }).press('Enter')
  await expect(page.getByRole('region', { name: /^Event \d+/ })).toContainText('No such town.')
  expect(await faultsOf(page)).toEqual([])
})
