import type { RunState } from '@volley/shared/run/state.ts'
import { useLayoutEffect, useState } from 'react'
import { useFlowStore } from '../state/flowStore.ts'
import { startHistory } from '../state/history.ts'
import { useProblems } from '../state/problems.ts'
import { useRunStore } from '../state/runStore.ts'
import { NOTHING_LIT, useSessionStore } from '../state/sessionStore.ts'
import { GALLERY_FLOW } from './moments.ts'

export interface Stage {
  run: RunState | null
  selection: readonly string[]
}

/**
 * Puts the gallery's flow, a run and a selection where the places of the editor look for them, and puts back what stood there when
 * the gallery is left. True once it is done. Nothing is opened or changed by it, so nothing is saved.
 */
export function useStage({ run, selection }: Stage): boolean {
  const [isSet, setSet] = useState(false)
  useLayoutEffect(() => {
    const [flow, session, runs, problems] = [
      useFlowStore.getState(),
      useSessionStore.getState(),
      useRunStore.getState(),
      useProblems.getState(),
    ]
    useFlowStore.setState({
      history: startHistory(GALLERY_FLOW),
      baseline: GALLERY_FLOW,
      flowId: null,
      version: null,
      save: { is: 'saved' },
    })
    useProblems.setState({ problems: PROBLEMS })
    setSet(true)
    return () => {
      useFlowStore.setState(flow)
      useSessionStore.setState(session)
      useRunStore.setState(runs)
      useProblems.setState(problems)
    }
  }, [])
  useLayoutEffect(() => {
    useRunStore.setState({ run, shown: run, at: null, connection: null })
    useSessionStore.setState({ selection, lit: NOTHING_LIT })
  }, [run, selection])
  return isSet
}

/** As the server says it of a tool that posts without saying what it posts. */
const PROBLEMS = [
  { pointer: '/tools/7/description', message: 'This description says little: the model chooses by it.' },
]
