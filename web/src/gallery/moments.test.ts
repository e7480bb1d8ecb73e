import { CALL_STATUSES } from '@volley/shared/run/statuses.ts'
import { expect, test } from 'vitest'
import { GALLERY_FLOW, MOMENTS } from './moments.ts'

test('between the moments of the recorded runs a call is in every state there is', () => {
  const seen = new Set(Object.values(MOMENTS).flatMap((run) => run.calls.map((call) => call.status)))
  expect([...seen].sort()).toEqual([...CALL_STATUSES].sort())
})

test('the recorded calls are calls of the flow that is drawn', () => {
  const tools = new Set(GALLERY_FLOW.tools.map((tool) => tool.name))
  expect(MOMENTS.stopped.calls.filter((call) => !tools.has(call.tool))).toEqual([])
})
