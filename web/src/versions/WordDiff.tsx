import { diffWordsWithSpace } from 'diff'

/** A text beside its later self, word by word: what went and what came, told by more than colour. */
export function WordDiff({ label, before, after }: { label: string; before: string; after: string }) {
  let at = 0
  return (
    <section
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard.
      tabIndex={0}
      aria-label={label}
      className="max-h-72 overflow-y-auto rounded-lg border border-line bg-surface-2 p-3 text-sm leading-relaxed break-words whitespace-pre-wrap"
    >
      {diffWordsWithSpace(before, after).map(({ value, added, removed }) => {
        at += value.length
        const key = `${at} ${added} ${removed}`
        if (added)
          return (
            <ins key={key} className="rounded-sm bg-succeeded/20 text-text-1 underline decoration-succeeded">
              {value}
            </ins>
          )
        if (removed)
          return (
            <del key={key} className="rounded-sm bg-failed/20 text-text-1 line-through decoration-failed">
              {value}
            </del>
          )
        return <span key={key}>{value}</span>
      })}
    </section>
  )
}
