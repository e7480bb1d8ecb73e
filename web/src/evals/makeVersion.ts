import type { MetricComparison } from '@volley/shared/evals/compareScores.ts'
import type { Clause, EvalVariant } from '@volley/shared/evals/variants.ts'
import { hasClause, insertClause } from '@volley/shared/flow/promptClauses.ts'
import { getVersion, noteVersion, putFlow, sentenceOf } from '../api/client.ts'
import { chanceText, metricText } from '../trace/evalNumbers.ts'
import { metricOf } from './words.ts'

/** `moved`: the flow has newer versions than the one that was measured. */
export type Made = { is: 'made'; version: number } | { is: 'moved' } | { is: 'refused'; because: string }

/** Saves the version that was measured with the clause in its instructions, and notes on it what the clause was worth. */
export async function makeVersion(flowId: string, version: number, clause: Clause, note: string): Promise<Made> {
  const measured = await getVersion(flowId, version)
  if (!measured.ok) return { is: 'refused', because: sentenceOf(measured.error) }
  const { flow } = measured.value
  if (!flow) return { is: 'refused', because: `Version ${version} has no document any more.` }
  const system = flow.agent.system ?? ''
  if (hasClause(system, clause))
    return { is: 'refused', because: `The clause stands in the instructions of version ${version} already.` }
  const agent = { ...flow.agent, system: insertClause(system, clause).text }
  const saved = await putFlow(flowId, { ...flow, agent }, version)
  if (!saved.ok)
    return saved.error.status === 412 ? { is: 'moved' } : { is: 'refused', because: sentenceOf(saved.error) }
  const noted = await noteVersion(flowId, saved.value.version, note)
  if (!noted.ok)
    return {
      is: 'refused',
      because: `Version ${saved.value.version} was saved, but its note was not: ${sentenceOf(noted.error)}`,
    }
  return { is: 'made', version: saved.value.version }
}

const MOST_NOTE = 1000

/** What stands with the new version: the clause, and the numbers that speak for it. */
export function noteOf(
  clause: Clause,
  measured: { eval: string; dataSet: string; variant: EvalVariant },
  metrics: readonly MetricComparison[],
): string {
  const figures = metrics.map(({ metric, before, after, p, verdict }) => {
    const of = metricOf(metric)
    const change = `${of.label} ${metricText(of, before)} to ${metricText(of, after)}`
    return verdict === 'same' ? change : `${change} (${verdict}, ${chanceText(p)})`
  })
  const cases = Math.max(0, ...metrics.map((one) => one.cases))
  return `Clause “${clause.name}” added to v${measured.variant.version}. ${figures.join('; ')}. Measured on ${cases} cases of “${measured.dataSet}” with ${measured.variant.model}, eval “${measured.eval}”.`.slice(
    0,
    MOST_NOTE,
  )
}
