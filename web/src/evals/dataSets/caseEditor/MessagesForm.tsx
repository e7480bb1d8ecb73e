import type { EarlierMessage } from '@volley/shared/run/earlierMessage.ts'
import { Plus, X } from 'lucide-react'
import { Button } from '../../../ui/Button.tsx'
import { IconButton } from '../../../ui/IconButton.tsx'
import { Select } from '../../../ui/Select.tsx'
import { TextArea } from '../../../ui/TextInput.tsx'
import { messageField } from './readDraft.ts'

/** What was said before, a row for each message. */
export function MessagesForm({
  messages,
  faultAt,
  onMessages,
}: {
  messages: readonly EarlierMessage[]
  faultAt: (at: string) => string | undefined
  onMessages: (messages: EarlierMessage[]) => void
}) {
  const set = (at: number, change: Partial<EarlierMessage>) =>
    onMessages(messages.map((message, index) => (index === at ? { ...message, ...change } : message)))
  const fault = faultAt('messages')
  return (
    <div className="flex flex-col gap-1.5">
      {messages.map(({ role, text }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row stays the same row while it is typed.
        <div key={at} className="grid grid-cols-[108px_1fr_auto] items-start gap-1.5">
          <Select
            aria-label={`Who says message ${at + 1}`}
            value={role}
            options={[
              { value: 'user', label: 'User' },
              { value: 'assistant', label: 'Assistant' },
            ]}
            onValue={(value) => set(at, { role: value as EarlierMessage['role'] })}
          />
          <TextArea
            aria-label={`Earlier message ${at + 1}`}
            aria-invalid={faultAt(messageField(at)) ? true : undefined}
            className="min-h-[30px]!"
            rows={1}
            value={text}
            onChange={({ target }) => set(at, { text: target.value })}
          />
          <IconButton
            size="sm"
            className="mt-0.5"
            label={`Remove message ${at + 1}`}
            icon={<X size={13} />}
            onClick={() => onMessages(messages.filter((_, index) => index !== at))}
          />
        </div>
      ))}
      {fault && <p className="m-0 text-xs text-failed-text">{fault}</p>}
      <Button
        variant="ghost"
        size="sm"
        className="self-start"
        icon={<Plus size={13} aria-hidden />}
        onClick={() =>
          onMessages([...messages, { role: messages.at(-1)?.role === 'user' ? 'assistant' : 'user', text: '' }])
        }
      >
        Add message
      </Button>
    </div>
  )
}
