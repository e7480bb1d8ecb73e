import type { Flow } from '@volley/shared/flow/flow.ts'
import { parseFlow } from '@volley/shared/flow/parse.ts'
import { applyCure, type Cure } from '@volley/shared/trace/findings/cure.ts'
import { FINDING_CODES, type FindingCode } from '@volley/shared/trace/findings/finding.ts'
import { findingsOf } from '@volley/shared/trace/findings/index.ts'
import { describe, expect, test } from 'vitest'
import { runWith } from '../testing/runWith.ts'
import { edgeScenes } from './scenes/edges.ts'
import type { LabelledScene } from './scenes/scene.ts'
import { timeScenes } from './scenes/times.ts'
import { turnScenes } from './scenes/turns.ts'

const SCENES: LabelledScene[] = [...edgeScenes, ...turnScenes, ...timeScenes]

async function play({ flow, input = 'Go on.', turns, tools, approve = [] }: LabelledScene) {
  const { run } = await runWith({
    flow,
    turns,
    tools,
    input,
    during: approve.map(({ at, call }) => ({
      at,
      act: (engine) => void engine.decide('run-1', call, { approve: true }),
    })),
  })
  return findingsOf(run, flow)
}

describe.each(SCENES)('$name', (scene) => {
  test(`gives ${scene.finds.join(', ') || 'nothing'}`, async () => {
    const found = await play(scene)
    expect([...new Set(found.map((one) => one.code))].sort()).toEqual([...scene.finds].sort())
    for (const finding of found) {
      expect(finding.message).toMatch(/\S.*[.!?]$/)
      expect(finding.advice).toMatch(/\S.*[.!?]$/)
      expect(Math.min(finding.costMs, finding.savesMs, finding.lostTokens)).toBeGreaterThanOrEqual(0)
      expect(finding.calls).toEqual([...finding.calls].sort((one, other) => one - other))
      if (finding.cure) expectCure(scene.flow, finding.cure)
    }
  })
})

/** A cure changes the flow that ran into another good one, and once is enough. */
function expectCure(flow: Flow, cure: Cure) {
  const cured = applyCure(flow, cure)
  if (!cured.ok) throw new Error(cured.error.message)
  expect(parseFlow(cured.value, { checkSchema: () => [] }).ok).toBe(true)
  expect(applyCure(cured.value, cure)).toMatchObject({ ok: false, error: { is: 'done' } })
}

test('every rule is right nine times of ten when it speaks, and speaks eight times of ten when it should', async () => {
  const counts = new Map(FINDING_CODES.map((code) => [code, { right: 0, wrong: 0, missed: 0 }]))
  for (const scene of SCENES) {
    const found = new Set((await play(scene)).map((one) => one.code))
    for (const [code, count] of counts) {
      const [is, should] = [found.has(code), scene.finds.includes(code)]
      if (is && should) count.right++
      else if (is) count.wrong++
      else if (should) count.missed++
    }
  }
  const share = (part: number, rest: number) => (part + rest === 0 ? Number.NaN : part / (part + rest))
  const rows = [...counts].map(([code, { right, wrong, missed }]): [FindingCode, number, number, number] => [
    code,
    right + missed,
    share(right, wrong),
    share(right, missed),
  ])
  console.log(
    ['rule                 traces  precision  recall']
      .concat(
        rows.map(
          ([code, traces, precision, recall]) =>
            `${code.padEnd(20)} ${String(traces).padStart(6)} ${precision.toFixed(2).padStart(10)} ${recall.toFixed(2).padStart(7)}`,
        ),
      )
      .join('\n'),
  )
  for (const [code, traces, precision, recall] of rows) {
    expect([code, traces >= 2]).toEqual([code, true])
    expect([code, precision >= 0.9, recall >= 0.8]).toEqual([code, true, true])
  }
})
