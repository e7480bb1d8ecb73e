import { METRICS, type MetricName } from './metrics.ts'
import type { SetSummary } from './summarise.ts'

/** A bound that the mean of a number over the set must keep. */
export interface Gate {
  /** `min-f1`, `max-turns`, … */
  name: string
  metric: MetricName
  limit: number
}

export interface GateResult extends Gate {
  /** Null where no case has the number: such a gate is not met. */
  value: number | null
  isMet: boolean
}

/** The gate that stands for each number: `min-` where more is better, `max-` where less is. */
export const GATES: readonly { name: string; metric: MetricName; unit: 'share' | 'count' | 'ms' | 'usd' }[] =
  METRICS.map(({ name, better, unit }) => ({
    name: `${better === 'more' ? 'min' : 'max'}-${dashed(name)}`,
    metric: name,
    unit,
  }))

export function checkGates(gates: readonly Gate[], { metrics }: SetSummary): GateResult[] {
  return gates.map((gate) => {
    const value = metrics[gate.metric]?.mean ?? null
    // What is below by rounding alone is not below.
    const isMet =
      value !== null && (gate.name.startsWith('min-') ? value >= gate.limit - 1e-9 : value <= gate.limit + 1e-9)
    return { ...gate, value, isMet }
  })
}

function dashed(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
}
