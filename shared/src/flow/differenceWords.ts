import type { FlowDifference, PartChange } from './difference.ts'

/** What is different, part by part in a few words: `instructions`, `agent.limits.turns`, `tide (description)`, `tide → wind (added)`. */
export function differenceWords({ prompt, settings, tools, edges, isCanvasChanged }: FlowDifference): string[] {
  return [
    ...(prompt ? ['instructions'] : []),
    ...settings.map(({ field }) => field),
    ...[...tools, ...edges].map(partWords),
    ...(isCanvasChanged ? ['the look of the canvas'] : []),
  ]
}

function partWords(change: PartChange): string {
  return `${change.name} (${change.is === 'changed' ? change.fields.map(({ field }) => field).join(', ') : change.is})`
}
