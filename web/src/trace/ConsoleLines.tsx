import type { ConsoleLine } from '@volley/shared/run/events.ts'

/** What a tool's own code printed, in its order; warnings and errors say what they are. */
export function ConsoleLines({ lines }: { lines: readonly ConsoleLine[] }) {
  return (
    <section
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard.
      tabIndex={0}
      aria-label="Console"
      className="max-h-44 overflow-auto rounded-md border border-line bg-surface-2 p-2"
    >
      <pre className="m-0 font-mono text-2xs leading-relaxed break-words whitespace-pre-wrap">
        {lines.map(({ level, text }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines are only ever added.
          <span key={at} className={`block ${COLOURS[level] ?? 'text-text-1'}`}>
            {level === 'warn' || level === 'error' ? `${level}: ` : ''}
            {text}
          </span>
        ))}
      </pre>
    </section>
  )
}

const COLOURS: Record<string, string> = { warn: 'text-waiting-text', error: 'text-failed-text' }
