import type { ExampleTopic } from '@volley/shared/api.ts'
import { ToggleGroup } from 'radix-ui'

const WORDS: Record<ExampleTopic, string> = {
  together: 'At once',
  waiting: 'What waits for what',
  safety: 'Safe and careful',
  tools: 'Code and HTTP',
}

/** Shows the examples of one topic alone; the chosen one again, and all are back. */
export function TopicFilter({
  topics,
  topic,
  onTopic,
}: {
  topics: readonly ExampleTopic[]
  topic: ExampleTopic | null
  onTopic: (topic: ExampleTopic | null) => void
}) {
  return (
    <ToggleGroup.Root
      type="single"
      value={topic ?? 'all'}
      aria-label="Which examples"
      className="flex flex-wrap gap-1"
      onValueChange={(value) => onTopic(value === 'all' || value === '' ? null : (value as ExampleTopic))}
    >
      {(['all', ...topics] as const).map((one) => (
        <ToggleGroup.Item
          key={one}
          value={one}
          className="h-7 rounded-md px-2.5 text-xs font-medium text-text-2 hover:text-text-1 data-[state=on]:bg-surface-3 data-[state=on]:text-text-1"
        >
          {one === 'all' ? 'All' : WORDS[one]}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  )
}
