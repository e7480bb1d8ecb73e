import type { Flow, Parallelism } from '@volley/shared/flow/flow.ts'
import { PARALLELISMS } from '@volley/shared/flow/flow.ts'
import { useId } from 'react'
import { useInfo } from '../api/useInfo.ts'
import type { RunWith } from '../state/playgroundStore.ts'
import { Field } from '../ui/Field.tsx'
import { NumberInput } from '../ui/NumberInput.tsx'
import { Select } from '../ui/Select.tsx'
import { TextArea, TextInput } from '../ui/TextInput.tsx'

/** What of the agent is replaced for a run. What is left as it is stays the flow's. */
export function OverridesForm({
  agent,
  value,
  onValue,
  brief,
}: {
  agent: Flow['agent']
  value: RunWith
  onValue(value: RunWith): void
  /** Model and parallelism alone. */
  brief?: boolean
}) {
  const models = useId()
  const info = useInfo()
  const providers = info?.providers ?? []
  const provider = value.provider ?? agent.provider
  const set = <Key extends keyof RunWith>(key: Key, given: RunWith[Key] | undefined) => {
    const { [key]: _before, ...rest } = value
    onValue(given === undefined ? rest : { ...rest, [key]: given })
  }
  const setting = (key: 'temperature' | 'maxOutputTokens', given: number | undefined) => {
    const { [key]: _before, ...rest } = value.settings ?? {}
    const settings = given === undefined ? rest : { ...rest, [key]: given }
    set('settings', Object.keys(settings).length > 0 ? settings : undefined)
  }
  const numberOf = (key: 'temperature' | 'maxOutputTokens') => {
    const given = value.settings?.[key]
    return typeof given === 'number' ? given : undefined
  }
  const known = providers.find(({ name }) => name === provider)?.models ?? []
  return (
    <>
      <Field label="Provider">
        <Select
          value={value.provider ?? ''}
          options={[
            { value: '', label: `the flow's: ${agent.provider}` },
            ...providers.map(({ name, label, available }) => ({ value: name, label, disabled: !available })),
          ]}
          onValue={(name) => {
            const { provider: _provider, model: _model, ...rest } = value
            const [first] = providers.find((one) => one.name === name)?.models ?? []
            onValue(name === '' ? rest : { ...rest, provider: name, ...(first ? { model: first } : {}) })
          }}
        />
      </Field>
      <Field label="Model">
        <TextInput
          mono
          list={models}
          placeholder={agent.model}
          value={value.model ?? ''}
          onChange={({ target }) => set('model', target.value.trim() || undefined)}
        />
        <datalist id={models}>
          {known.map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
      </Field>
      <Field label="Parallelism">
        <Select
          value={value.parallelism ?? ''}
          options={[
            { value: '', label: `the flow's: ${agent.parallelism ?? 'graph'}` },
            ...PARALLELISMS.map((one) => ({ value: one })),
          ]}
          onValue={(one) => set('parallelism', one === '' ? undefined : (one as Parallelism))}
        />
      </Field>
      {!brief && (
        <>
          <Field label="Temperature" inline>
            <NumberInput
              value={numberOf('temperature')}
              usual={String(agent.settings?.temperature ?? "model's own")}
              max={2}
              step={0.1}
              onValue={(given) => setting('temperature', given)}
            />
          </Field>
          <Field label="Longest answer" inline>
            <NumberInput
              value={numberOf('maxOutputTokens')}
              usual={String(agent.settings?.maxOutputTokens ?? "model's own")}
              unit="tok"
              min={1}
              onValue={(given) => setting('maxOutputTokens', given)}
            />
          </Field>
          <Field label="System prompt">
            <TextArea
              rows={4}
              placeholder={agent.system || 'None'}
              value={value.system ?? ''}
              onChange={({ target }) => set('system', target.value === '' ? undefined : target.value)}
            />
          </Field>
        </>
      )}
    </>
  )
}
