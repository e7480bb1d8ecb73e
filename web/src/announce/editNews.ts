import type { History } from '../state/history.ts'

/** What a change to the document did, as its step is named. Silent where one typed or dragged, which is heard or seen as it happens. */
export function editNews(before: History<unknown>, now: History<unknown>): string {
  if (before.present === now.present) return ''
  if (now.past.length < before.past.length) return `Undone: ${before.past.at(-1)?.name}.`
  const [next] = before.future
  if (next && next.before === now.present) return `Redone: ${next.name}.`
  const last = now.past.at(-1)
  return last && last.key === null ? `${last.name}.` : ''
}
