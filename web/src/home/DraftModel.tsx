import type { ServerInfo } from '@volley/shared/api.ts'
import { useId } from 'react'
import { Field } from '../ui/Field.tsx'
import { Select } from '../ui/Select.tsx'
import { TextInput } from '../ui/TextInput.tsx'

/** Who drafts, and answers in the flow afterwards: providers and connections, those without a key marked, with the way out. */
export function DraftModel({
  providers,
  provider,
  model,
  onProvider,
  onModel,
}: {
  providers: ServerInfo['providers']
  provider: string
  model: string
  onProvider: (provider: string) => void
  onModel: (model: string) => void
}) {
  const list = useId()
  const chosen = providers.find((one) => one.name === provider)
  const hasReal = providers.some((one) => one.available && one.name !== 'simulated')
  return (
    <div className="flex flex-col gap-1.5">
      <div className="grid grid-cols-2 gap-3">
        <Field label="Provider">
          <Select
            value={provider}
            options={(providers.length > 0 ? providers : [{ name: provider, label: 'Simulated', available: true }]).map(
              (one) => ({
                value: one.name,
                label: one.available ? one.label : `${one.label} — needs a key`,
                disabled: !one.available,
              }),
            )}
            onValue={onProvider}
          />
        </Field>
        <Field label="Model">
          <TextInput
            list={list}
            value={provider === 'simulated' ? 'simulated-1' : model}
            disabled={provider === 'simulated'}
            onChange={({ target }) => onModel(target.value)}
          />
        </Field>
      </div>
      <datalist id={list}>
        {chosen?.models.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      {provider === 'simulated' && (
        <p className="m-0 text-xs text-text-2">
          The simulated model reads the verbs and nouns of your words, and knows nothing of the world.{' '}
          {hasReal ? (
            'Choose another for a draft that was thought about.'
          ) : (
            <>
              For a real one set <code className="font-mono text-text-1">OPENAI_API_KEY</code> or{' '}
              <code className="font-mono text-text-1">ANTHROPIC_API_KEY</code> and start Volley again, or add a
              connection under Settings.
            </>
          )}
        </p>
      )}
    </div>
  )
}
