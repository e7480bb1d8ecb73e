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

test('what held a run back is told, lit, and cured with one click that undo takes back', async ({ builder, page }) => {
  await builder.openFlow(SCORES)
  const findings = page.getByRole('region', { name: 'Findings' })
  await builder.run('How is Rome?')
  await expect(findings).toContainText('told when it has ended')
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
  const started = await page.evaluate(async (id) => {
    const headers = { 'content-type': 'application/json' }
    const body = JSON.stringify({ flowId: id, input: 'How is Rome?' })
    const { runId } = await (await fetch('/api/runs', { method: 'POST', headers, body })).json()
    return runId as string
  }, flowId)
  const openRun = () => page.goto(new URL(`/runs/${started}`, page.url()).href)
  const card = page.locator('[data-finding="needless_edge"]')
  const cure = card.getByRole('button', { name: 'Remove the edge' })

  await openRun()
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
