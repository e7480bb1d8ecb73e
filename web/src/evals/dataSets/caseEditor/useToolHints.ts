import type { SavedFlow } from '@volley/shared/api.ts'
import type { CaseTool, TestCase } from '@volley/shared/evals/testCase.ts'
import { useMemo } from 'react'
import { create } from 'zustand'
import { listFlows } from '../../../api/client.ts'
import { useAnswer } from '../../../api/useAnswer.ts'
import { hintsOfCases, hintsOfFlow, type ToolHints } from './toolHints.ts'

/** The flow whose tools are suggested stays chosen from case to case; empty: those of the data set are. */
const useChosenFlow = create<{ from: string; setFrom(id: string): void }>((set) => ({
  from: '',
  setFrom: (from) => set({ from }),
}))

/** The tools to suggest for expected calls, and the choice where they are from. A case that brings its own has no others. */
export function useToolHints(
  cases: readonly TestCase[],
  own: readonly CaseTool[] | undefined,
): { hints: ToolHints; flows: readonly SavedFlow[]; from: string; setFrom(id: string): void } {
  const { from, setFrom } = useChosenFlow()
  const { loaded } = useAnswer('flows', listFlows)
  const flows = loaded.is === 'there' ? loaded.value.items : []
  const flow = flows.find(({ id }) => id === from)?.flow
  const hints = useMemo(() => {
    if (own) return hintsOfFlow({ tools: own.map((tool) => ({ ...tool, run: { kind: 'mock' } })) })
    return flow ? hintsOfFlow(flow) : hintsOfCases(cases)
  }, [own, flow, cases])
  return { hints, flows, from: flow ? from : '', setFrom }
}
