import type { FlowVersion } from '@volley/shared/api.ts'
import { ago } from '../trace/format.ts'
import { Chip } from '../ui/Chip.tsx'
import { Choice, Group } from './Choice.tsx'

/** Which versions of the flow are run, newest first, with what they are called and what was noted on them. */
export function VersionChoice({
  versions,
  chosen,
  onChosen,
}: {
  versions: readonly FlowVersion[]
  chosen: readonly number[]
  onChosen: (versions: number[]) => void
}) {
  const now = Date.now()
  return (
    <Group title="Versions" note="Several are run beside each other.">
      <section
        aria-label="All versions"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard.
        tabIndex={0}
        className="flex max-h-56 flex-col gap-2 overflow-y-auto rounded-lg border border-line bg-surface-1 p-3"
      >
        {versions.map(({ version, createdAt, labels, author, note }) => (
          <Choice
            key={version}
            label={`v${version}`}
            about={
              <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
                {labels.map((label) => (
                  <Chip key={label}>{label}</Chip>
                ))}
                {ago(createdAt, now)}
                {author && ` · ${author}`}
                {note && <span className="text-text-1">{note}</span>}
              </span>
            }
            isChosen={chosen.includes(version)}
            onChosen={(isOn) => onChosen([...chosen.filter((one) => one !== version), ...(isOn ? [version] : [])])}
          />
        ))}
      </section>
    </Group>
  )
}
