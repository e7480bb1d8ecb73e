import { flowSchema, type ModelSettings } from '@volley/shared/flow/flow.ts'
import { useFlow } from '../state/flowStore.ts'
import { Field } from '../ui/Field.tsx'
import { NumberInput } from '../ui/NumberInput.tsx'
import { Select } from '../ui/Select.tsx'
import { changeAgent, sealChange, withEntry } from './edits.ts'
import { JsonField } from './JsonField.tsx'

/** What the model is asked with. For the simulated model also its script and pace. */
export function AgentSettings() {
  const agent = useFlow((flow) => flow.agent)
  const settings: ModelSettings = agent.settings ?? {}
  const set = <Key extends keyof ModelSettings>(key: Key, value: ModelSettings[Key] | undefined) => {
    const next = withEntry(settings, key, value)
    changeAgent(key, { settings: Object.keys(next).length > 0 ? next : undefined })
  }
  return (
    <>
      <Field label="Temperature" place="settings.temperature" hint="0 is steady, 2 is wild." inline>
        <NumberInput
          value={settings.temperature}
          usual="model's own"
          max={2}
          step={0.1}
          onValue={(value) => set('temperature', value)}
          onBlur={sealChange}
        />
      </Field>
      <Field label="Longest answer" place="settings.maxOutputTokens" inline>
        <NumberInput
          value={settings.maxOutputTokens}
          usual="model's own"
          unit="tok"
          min={1}
          onValue={(value) => set('maxOutputTokens', value)}
          onBlur={sealChange}
        />
      </Field>
      <Field label="Tool choice" place="settings.toolChoice">
        <Select
          value={settings.toolChoice ?? 'auto'}
          options={[
            { value: 'auto', label: 'The model decides' },
            { value: 'required', label: 'It must call a tool' },
            { value: 'none', label: 'It must not call tools' },
          ]}
          onValue={(value) => set('toolChoice', value === 'auto' ? undefined : (value as 'required' | 'none'))}
        />
      </Field>
      {agent.provider === 'simulated' && (
        <>
          <Part title="Script" hint="the simulated model plays these turns; empty: it plans by itself">
            <JsonField
              label="Script"
              optional
              value={settings.script}
              check={checkWith(SETTINGS.shape.script)}
              onValue={(value) => set('script', value as ModelSettings['script'])}
            />
          </Part>
          <Part title="Pace" hint='{ "firstTokenMs": 200, "callMs": 80 }'>
            <JsonField
              label="Pace"
              optional
              value={settings.pace}
              check={checkWith(SETTINGS.shape.pace)}
              onValue={(value) => set('pace', value as ModelSettings['pace'])}
            />
          </Part>
        </>
      )}
    </>
  )
}

const SETTINGS = flowSchema.shape.agent.shape.settings.unwrap()

function checkWith(schema: {
  safeParse(value: unknown): { success: boolean; error?: { issues: { path: PropertyKey[]; message: string }[] } }
}) {
  return (value: unknown) => {
    const checked = schema.safeParse(value)
    const issue = checked.error?.issues[0]
    return checked.success ? null : `${issue?.path.join(' › ')} ${issue?.message ?? 'is not right'}`.trim()
  }
}

function Part({ title, hint, children }: { title: string; hint: string; children: React.ReactNode }) {
  return (
    <div className="flex flex-col gap-1.5">
      <span className="text-xs font-medium text-text-2">
        {title} <span className="font-normal text-text-3">{hint}</span>
      </span>
      {children}
    </div>
  )
}
