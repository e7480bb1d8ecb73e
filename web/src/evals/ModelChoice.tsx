import { Plus, X } from 'lucide-react'
import { useId, useState } from 'react'
import { useInfo } from '../api/useInfo.ts'
import { Button } from '../ui/Button.tsx'
import { Field } from '../ui/Field.tsx'
import { IconButton } from '../ui/IconButton.tsx'
import { Select } from '../ui/Select.tsx'
import { TextInput } from '../ui/TextInput.tsx'
import { Group } from './Choice.tsx'

type Model = { provider: string; model: string }

/** Which models answer, in place of those of the versions. */
export function ModelChoice({ models, onModels }: { models: readonly Model[]; onModels: (models: Model[]) => void }) {
  const info = useInfo()
  const list = useId()
  const providers = info?.providers ?? []
  const [provider, setProvider] = useState('simulated')
  const chosen = providers.find(({ name }) => name === provider)
  const [typed, setTyped] = useState<string | null>(null)
  const model = (typed ?? chosen?.models[0] ?? '').trim()
  const isThere = models.some((one) => one.provider === provider && one.model === model)
  return (
    <Group
      title="Models"
      note={models.length === 0 ? 'None added: the model of each version.' : 'In place of those of the versions.'}
    >
      {models.length > 0 && (
        <ul aria-label="Models to run" className="m-0 flex list-none flex-wrap gap-2 p-0">
          {models.map((one) => (
            <li
              key={`${one.provider} ${one.model}`}
              className="flex items-center gap-1 rounded-md border border-line bg-surface-1 py-0.5 pr-0.5 pl-2 text-xs"
            >
              <span className="font-mono">{one.model}</span>
              <span className="text-text-3">{one.provider}</span>
              <IconButton
                size="sm"
                label={`Take out ${one.model}`}
                icon={<X size={12} />}
                onClick={() => onModels(models.filter((other) => other !== one))}
              />
            </li>
          ))}
        </ul>
      )}
      <div className="flex flex-wrap items-end gap-3">
        <Field label="Provider" className="w-52">
          <Select
            value={provider}
            options={providers.map(({ name, label, available }) => ({
              value: name,
              label: available ? label : `${label} — not set up`,
              disabled: !available,
            }))}
            onValue={(name) => {
              setProvider(name)
              setTyped(null)
            }}
          />
        </Field>
        <Field label="Model" className="w-60">
          <TextInput
            mono
            list={list}
            maxLength={200}
            value={typed ?? chosen?.models[0] ?? ''}
            onChange={({ target }) => setTyped(target.value)}
          />
        </Field>
        <datalist id={list}>
          {chosen?.models.map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
        <Button
          icon={<Plus size={13} aria-hidden />}
          disabled={model === '' || isThere || models.length >= 20}
          onClick={() => onModels([...models, { provider, model }])}
        >
          Add model
        </Button>
      </div>
    </Group>
  )
}
